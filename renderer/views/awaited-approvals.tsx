import { AccountApproval, type AccountApprovalProps } from '../components/account-approval.tsx';
import { ApprovalRow, type ApprovalRowProps } from '../components/approval-row.tsx';
import { useCommands } from '../commands.tsx';
import { useSnapshot, useWords } from '../services.tsx';
import type { ApprovalSnapshot } from '../../electron/shared/snapshot.ts';

/** Props of {@link AwaitedApprovals}. */
export interface AwaitedApprovalsProps {
  readonly onShow: (approvalId: string) => void;
  /** Called once what a person pressed is gone. */
  readonly onGone: () => void;
}

/** The accounts still to be added that wait for an administrator. One that is in the list by itself says so there. */
export function AwaitedApprovals(props: AwaitedApprovalsProps) {
  const { approvals } = useSnapshot();
  const rowProps = useRowProps(props);
  return approvals
    .filter(({ accountId }) => accountId === null)
    .map((approval) => <ApprovalRow key={approval.id} {...rowProps(approval)} />);
}

/** Props of {@link AwaitedByAccount}. */
export interface AwaitedByAccountProps extends AwaitedApprovalsProps, Pick<AccountApprovalProps, 'heir' | 'children'> {
  readonly approval: ApprovalSnapshot;
}

/** What an account of the list waits for. */
export function AwaitedByAccount({ approval, heir, children, ...on }: AwaitedByAccountProps) {
  return (
    <AccountApproval {...useRowProps(on)(approval)} heir={heir}>
      {children}
    </AccountApproval>
  );
}

function useRowProps({ onShow, onGone }: AwaitedApprovalsProps): (approval: ApprovalSnapshot) => ApprovalRowProps {
  const words = useWords();
  const { run } = useCommands();
  return (approval) => {
    const { id: approvalId } = approval;
    return {
      approval,
      words,
      onCheckAgain: async () => run('approval.checkAgain', { approvalId }),
      onShow: () => {
        onShow(approvalId);
      },
      onRemove: () => {
        void run('approval.remove', { approvalId }).then((isGone) => {
          if (isGone) {
            onGone();
          }
        });
      },
    };
  };
}
