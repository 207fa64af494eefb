import { useEffect, useRef, useState } from 'react';
import { makeStyles } from '@fluentui/react-components';

import { assertNever } from '../../electron/shared/app-error.ts';
import { useCommands } from '../commands.tsx';
import { AppHeader } from '../components/app-header.tsx';
import { CancelledBar } from '../components/cancelled-bar.tsx';
import { LiveRegion } from '../components/live-region.tsx';
import { NoticeBar } from '../components/notice-bar.tsx';
import { chooseScreen, noticesBeside, type Screen } from '../screen.ts';
import { useSnapshot, useWords } from '../services.tsx';
import { AccountsView } from './accounts-view.tsx';
import { ApprovalView } from './approval-view.tsx';
import { DoctorView } from './doctor-view.tsx';
import { NetworkView } from './network-view.tsx';
import { RemoveEverything } from './remove-everything.tsx';
import { RegistrationView } from './registration-view.tsx';
import { SignInView } from './sign-in-view.tsx';
import { useApproval } from './use-approval.ts';
import { useAnnouncements } from './use-announcements.ts';
import { useDoctor } from './use-doctor.ts';
import { useNetwork } from './use-network.ts';
import { useRegistration } from './use-registration.ts';
import { VaultView } from './vault-view.tsx';
import { WelcomeView } from './welcome-view.tsx';

const useStyles = makeStyles({
  shell: { height: '100%', display: 'flex', flexDirection: 'column' },
  main: { flexGrow: 1, minHeight: 0, overflowY: 'auto', outlineStyle: 'none', scrollbarWidth: 'thin' },
  column: {
    display: 'flex',
    flexDirection: 'column',
    gap: '16px',
    maxWidth: '760px',
    margin: '0 auto',
    padding: '8px 24px 32px',
    '@media (max-width: 480px)': { padding: '4px 12px 24px' },
  },
});

/** What is the same on every screen, and the choice of the screen. */
export function Shell() {
  const styles = useStyles();
  const words = useWords();
  const snapshot = useSnapshot();
  const { run, failure, dismissFailure } = useCommands();
  const registration = useRegistration();
  const doctor = useDoctor();
  const approval = useApproval();
  const network = useNetwork();
  const announcement = useAnnouncements();
  const main = useRef<HTMLElement>(null);
  const settingsButton = useRef<HTMLElement>(null);
  const [isRemoving, setIsRemoving] = useState(false);

  const [asksAboutCancelled, setAsksAboutCancelled] = useState(false);
  if (asksAboutCancelled && snapshot.signIn.kind !== 'cancelled') {
    setAsksAboutCancelled(false);
  }

  const screen = chooseScreen(
    snapshot,
    registration.isOpen,
    doctor.screen,
    asksAboutCancelled,
    approval.screen,
    network.isOpen,
  );
  // A mistake in a set-up is told in its place, with its details. Where one is in use an old mistake is nobody's care.
  const setUpError =
    screen.kind === 'registration' && (!screen.replaces || screen.error?.code === failure) ? screen.error : null;
  const shown = nameOfScreen(screen);
  const focusMain = (): void => {
    main.current?.focus();
  };
  const before = useRef(shown);
  useEffect(() => {
    // What had the keyboard focus is gone with the old screen; the first screen takes none.
    if (before.current !== shown) {
      before.current = shown;
      main.current?.focus();
    }
  }, [shown]);

  return (
    <div className={styles.shell}>
      <AppHeader
        words={words}
        appVersion={snapshot.appVersion}
        languageSetting={snapshot.languageSetting}
        onLanguage={(language) => {
          void run('settings.setLanguage', { language });
        }}
        notificationDetail={snapshot.notificationDetail}
        onNotificationDetail={(detail) => {
          void run('settings.setNotificationDetail', { detail });
        }}
        onOpenOutlook={() => {
          void run('link.open', { link: 'outlook-web' });
        }}
        onRegister={screen.kind === 'registration' ? null : () => void registration.open()}
        onNetwork={network.open}
        onInspectToken={() => {
          network.close();
          doctor.open(null);
        }}
        startsAtLogin={snapshot.startsAtLogin}
        settingsButton={(element) => {
          settingsButton.current = element;
        }}
        onStartAtLogin={(enabled) => {
          void run('settings.setStartAtLogin', { enabled });
        }}
        onRemoveEverything={() => {
          setIsRemoving(true);
        }}
      />
      <main ref={main} tabIndex={-1} className={styles.main}>
        <div className={styles.column}>
          <NoticeBar
            notices={noticesBeside(snapshot)}
            failure={failure === setUpError?.code ? null : failure}
            isSetUpTaken={registration.isTaken}
            words={words}
            heir={main}
            onDismiss={(noticeId) => {
              void run('notice.dismiss', { noticeId });
            }}
            onDismissFailure={dismissFailure}
            onDismissSetUp={registration.dismissTaken}
          />
          {snapshot.signIn.kind === 'cancelled' && (screen.kind === 'welcome' || screen.kind === 'accounts') ? (
            <CancelledBar
              words={words}
              heir={main}
              onAsk={() => {
                setAsksAboutCancelled(true);
              }}
              onDismiss={() => {
                void run('signIn.dismiss', {});
              }}
            />
          ) : null}
          {view()}
        </div>
      </main>
      <LiveRegion text={announcement} />
      {isRemoving ? (
        <RemoveEverything
          heir={settingsButton}
          onClose={() => {
            setIsRemoving(false);
          }}
        />
      ) : null}
    </div>
  );

  function view() {
    switch (screen.kind) {
      case 'sign-in':
        return (
          <SignInView signIn={screen.signIn} onUseAnother={registration.open} onAskAdmin={approval.askForSignIn} />
        );
      case 'vault':
        return <VaultView error={screen.error} />;
      case 'registration':
        return (
          <RegistrationView
            replaces={screen.replaces}
            error={setUpError}
            onBack={screen.canLeave ? registration.leave : null}
            onTaken={registration.take}
          />
        );
      case 'welcome':
        return <WelcomeView onGone={focusMain} />;
      case 'accounts':
        return (
          <AccountsView
            onNeedRegistration={() => void registration.open()}
            onCheckConnection={doctor.open}
            onShowApproval={approval.show}
            onAskAdmin={async (accountId) => approval.ask(null, accountId)}
            onGone={focusMain}
          />
        );
      case 'approval':
        return (
          <ApprovalView
            approvalId={screen.approvalId}
            onAsk={approval.ask}
            onCheckAgain={approval.checkAgain}
            onBack={approval.close}
          />
        );
      case 'network':
        return <NetworkView onBack={network.close} />;
      case 'doctor':
        return <DoctorView accountId={screen.accountId} onBack={doctor.close} />;
      default:
        return assertNever(screen);
    }
  }
}

/** Differs where what had the keyboard focus is gone. */
function nameOfScreen(screen: Screen): string {
  if (screen.kind === 'sign-in') {
    return `sign-in.${screen.signIn.kind}`;
  }
  return screen.kind === 'approval' ? `approval.${screen.approvalId === null ? 'ask' : 'letter'}` : screen.kind;
}
