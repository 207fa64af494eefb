import { ApprovalRow } from '../components/approval-row.tsx';
import { useCommands } from '../commands.tsx';
import { useSnapshot, useWords } from '../services.tsx';

/** Props of {@link AwaitedApprovals}. */
export interface AwaitedApprovalsProps {
  readonly onShow: (approvalId: string) => void;
  /** Called once what a person pressed is gone. */
  readonly onGone: () => void;
}

/** The accounts that wait for an administrator. One that is in the list by itself says so there. */
export function AwaitedApprovals({ onShow, onGone }: AwaitedApprovalsProps) {
  const words = useWords();
  const { accounts, approvals } = useSnapshot();
  const { run } = useCommands();
  const listed = new Set(accounts.map(({ address }) => address.toLowerCase()));
  return approvals
    .filter(({ address }) => address === null || !listed.has(address.toLowerCase()))
    .map((approval) => (
      <ApprovalRow
        key={approval.id}
        approval={approval}
        words={words}
        onCheckAgain={async () => run('approval.checkAgain', { approvalId: approval.id })}
        onShow={() => {
          onShow(approval.id);
        }}
        onRemove={() => {
          void run('approval.remove', { approvalId: approval.id }).then((isGone) => {
            if (isGone) {
              onGone();
            }
          });
        }}
      />
    ));
}
