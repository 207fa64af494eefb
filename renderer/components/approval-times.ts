import type { ApprovalSnapshot } from '../../electron/shared/snapshot.ts';
import { useTimeText } from '../services.tsx';
import type { Words } from '../words.ts';

/** Since when an administrator has been waited for, and when the sign-in was last tried. */
export function useApprovalTimes({ since, triedAt }: ApprovalSnapshot, { t, distance }: Words): string {
  return useTimeText((now) =>
    [
      t('approval.row.since', { when: distance(since, now) }),
      ...(triedAt === null ? [] : [t('approval.row.tried', { when: distance(triedAt, now) })]),
    ].join(' · '),
  );
}
