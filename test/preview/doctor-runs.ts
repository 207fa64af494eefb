import { doctorStepNames, type DoctorRun, type DoctorStep } from '../../electron/shared/doctor.ts';

const day = 86_400_000;

/** An examination in which everything works. */
export function fineRun(accountId: string, address: string, now: number): DoctorRun {
  const passed = (ms: number, facts: Extract<DoctorStep, { kind: 'passed' }>['facts']): DoctorStep => ({
    name: facts.step,
    kind: 'passed',
    ms,
    facts,
    remarks: [],
  });
  return {
    accountId,
    address,
    server: 'outlook.office365.com:993',
    startedAt: now - 2_000,
    state: 'fine',
    steps: [
      passed(14, {
        step: 'dns',
        host: 'outlook.office365.com',
        addresses: ['192.0.2.18', '192.0.2.34', '2001:db8::a2'],
        proxy: null,
      }),
      passed(31, { step: 'tcp', address: '192.0.2.18', port: 993, proxy: null }),
      passed(68, {
        step: 'tls',
        version: 'TLSv1.3',
        nameFits: true,
        chain: [
          {
            subject: 'outlook.com',
            issuer: 'DigiCert Cloud Services CA-1',
            validFrom: now - 90 * day,
            validTo: now + 90 * day,
          },
          {
            subject: 'DigiCert Cloud Services CA-1',
            issuer: 'DigiCert Global Root CA',
            validFrom: now - 900 * day,
            validTo: now + 900 * day,
          },
        ],
      }),
      passed(112, {
        step: 'token',
        expiresAt: now + 3_000_000,
        owner: address,
        audience: 'https://outlook.office.com',
        scopes: ['IMAP.AccessAsUser.All'],
        clockAheadMs: 120,
      }),
      passed(285, { step: 'sign-in', user: address }),
      passed(61, {
        step: 'capabilities',
        names: ['IMAP4rev1', 'UIDPLUS', 'MOVE', 'ID', 'UNSELECT', 'IDLE', 'NAMESPACE'],
      }),
      passed(64, { step: 'mailbox', mailbox: 'INBOX', messages: 1_284 }),
      passed(33, { step: 'push', how: 'idle' }),
    ],
  };
}

/** The same until the login, which is refused. */
export function failedRun(accountId: string, address: string, now: number): DoctorRun {
  const fine = fineRun(accountId, address, now);
  const steps: DoctorStep[] = fine.steps
    .slice(0, doctorStepNames.indexOf('sign-in'))
    .map((step) =>
      step.name === 'tls' && step.kind === 'passed'
        ? { ...step, remarks: [{ kind: 'inspected', issuer: 'Contoso Inspection Root CA' }] }
        : step,
    );
  steps.push({
    name: 'sign-in',
    kind: 'failed',
    ms: 402,
    facts: null,
    finding: {
      cause: { kind: 'imap-switched-off' },
      alsoPossible: ['connection-limit', 'sign-in-refused'],
      said: 'AUTHENTICATE failed.',
    },
  });
  return { ...fine, state: 'failed', steps };
}

/** On its way. */
export function runningRun(accountId: string, address: string, now: number): DoctorRun {
  const fine = fineRun(accountId, address, now);
  return { ...fine, state: 'running', steps: [...fine.steps.slice(0, 3), { name: 'token', kind: 'running' }] };
}
