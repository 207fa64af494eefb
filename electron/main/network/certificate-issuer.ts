import { isIP } from 'node:net';
import { connect, type PeerCertificate, type TLSSocket } from 'node:tls';
import type { ImapEndpoint } from '../../shared/profile.ts';
import { cleanText } from '../clean-text.ts';
import type { DialOptions } from './connect-tcp.ts';
import type { Dial } from './dial.ts';

/** Longest look, ms: the connection has failed already, and the person waits to hear of it. */
const lookLimitMs = 5_000;

// OpenSSL's X509_V_ERR_… for a chain that ends at nobody known (Node: tls, X509 error codes).
const unknownIssuer =
  /^(?:SELF_SIGNED_CERT_IN_CHAIN|DEPTH_ZERO_SELF_SIGNED_CERT|UNABLE_TO_(?:GET_ISSUER_CERT|VERIFY_LEAF))/u;

// OpenSSL's X509_V_ERR_… as Node names them (https://nodejs.org/api/tls.html#x509-certificate-error-codes).
const certificateCode =
  /^(?:CERT_|CRL_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|INVALID_(?:CA|PURPOSE)|PATH_LENGTH_|HOSTNAME_MISMATCH|ERR_TLS_CERT_)/u;

/** Whether Node's code of an error says that a certificate doesn't prove what it should. */
export function isCertificateCode(code: string): boolean {
  return certificateCode.test(code);
}

/**
 * For a connection refused because nobody known vouches for its certificate: `failure` with who does in its message, as
 * an administrator can tell an inspecting proxy by. Any other error as it is. Connects once more and sends nothing.
 */
export async function nameIssuer(
  failure: unknown,
  target: ImapEndpoint,
  dial: Dial,
  options: Omit<DialOptions, 'limitMs'>,
): Promise<unknown> {
  const code = failure instanceof Error && 'code' in failure ? String(failure.code) : '';
  if (!(failure instanceof Error) || !unknownIssuer.test(code) || options.signal.aborted) return failure;
  const issuer = await lookUp(target, dial, { ...options, limitMs: lookLimitMs }).catch(() => null);
  if (issuer === null) return failure;
  return Object.assign(new Error(`${failure.message}; issued by ${issuer}`, { cause: failure }), { code, issuer });
}

async function lookUp(target: ImapEndpoint, dial: Dial, options: DialOptions): Promise<string | null> {
  const socket = await dial(target, options);
  return new Promise((resolve) => {
    // Unchecked on purpose: it is read, nothing is sent, and it is closed.
    const secured: TLSSocket = connect({
      socket,
      ...(isIP(target.host) === 0 && { servername: target.host }),
      rejectUnauthorized: false,
    });
    const end = (issuer: string | null): void => {
      cancel();
      secured.on('error', () => {}).destroy();
      socket.destroy();
      resolve(issuer);
    };
    const cancel = options.clock.setTimer(options.limitMs, () => {
      end(null);
    });
    secured.once('error', () => {
      end(null);
    });
    secured.once('secureConnect', () => {
      end(nameOf(secured.getPeerCertificate().issuer));
    });
  });
}

/** Somebody else's text: cleaned here, once. */
function nameOf(issuer: PeerCertificate['issuer'] | undefined): string | null {
  const name = [issuer?.CN ?? issuer?.O ?? ''].flat().join(' ');
  const clean = cleanText(name, 100);
  return clean === '' ? null : `“${clean}”`;
}
