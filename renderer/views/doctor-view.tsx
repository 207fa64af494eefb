import { SubView } from '../components/sub-view.tsx';
import { useSnapshot, useWords } from '../services.tsx';
import { DoctorSection } from './doctor-section.tsx';
import { InspectorSection } from './inspector-section.tsx';

/** Props of {@link DoctorView}. */
export interface DoctorViewProps {
  /** Whose connection to look at; null for tokens only. */
  readonly accountId: string | null;
  readonly onBack: () => void;
}

/** The connection of an account, and what its token or any other says. */
export function DoctorView({ accountId, onBack }: DoctorViewProps) {
  const { t } = useWords();
  const { accounts } = useSnapshot();
  const account = accounts.find(({ id }) => id === accountId);
  return (
    <SubView
      title={t(account === undefined ? 'inspector.title' : 'inspector.checkTitle')}
      intro={account === undefined ? [] : [account.address]}
      onBack={onBack}
    >
      {account === undefined ? null : <DoctorSection key={account.id} accountId={account.id} />}
      <InspectorSection key={accountId} accountId={account?.id ?? null} />
    </SubView>
  );
}
