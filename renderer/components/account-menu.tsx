import { Button, Menu, MenuDivider, MenuItem, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components';
import { ArrowSync20Regular } from '@fluentui/react-icons/svg/arrow-sync';
import { Delete20Regular } from '@fluentui/react-icons/svg/delete';
import { MoreHorizontal20Regular } from '@fluentui/react-icons/svg/more-horizontal';
import { PeopleAdd20Regular } from '@fluentui/react-icons/svg/people-add';
import { PersonArrowRight20Regular } from '@fluentui/react-icons/svg/person-arrow-right';
import { Stethoscope20Regular } from '@fluentui/react-icons/svg/stethoscope';

import type { Words } from '../words.ts';

/** Props of {@link AccountMenu}. */
export interface AccountMenuProps {
  readonly address: string;
  readonly words: Words;
  readonly canCheckNow: boolean;
  readonly onCheckNow: () => void;
  readonly onSignInAgain: () => void;
  /** Null where an account of its kind has no shared mailboxes. */
  readonly onAddShared: (() => void) | null;
  readonly onCheckConnection: () => void;
  readonly onRemove: () => void;
}

/** What can be done with one account. */
export function AccountMenu(props: AccountMenuProps) {
  const { address, words, canCheckNow, onCheckNow, onSignInAgain, onAddShared, onCheckConnection, onRemove } = props;
  const { t } = words;
  return (
    <Menu hasIcons positioning="below-end">
      <MenuTrigger disableButtonEnhancement>
        <Button
          appearance="subtle"
          icon={<MoreHorizontal20Regular />}
          aria-label={t('window.accounts.menuLabel', { address })}
        />
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          <MenuItem icon={<ArrowSync20Regular />} disabled={!canCheckNow} onClick={onCheckNow}>
            {t('window.accounts.checkNow')}
          </MenuItem>
          <MenuItem icon={<PersonArrowRight20Regular />} onClick={onSignInAgain}>
            {t('window.accounts.signInAgain')}
          </MenuItem>
          {onAddShared === null ? null : (
            <MenuItem icon={<PeopleAdd20Regular />} onClick={onAddShared}>
              {t('window.sharedMailboxes.add')}
            </MenuItem>
          )}
          <MenuItem icon={<Stethoscope20Regular />} onClick={onCheckConnection}>
            {t('inspector.checkConnection')}
          </MenuItem>
          <MenuDivider />
          <MenuItem icon={<Delete20Regular />} onClick={onRemove}>
            {t('window.accounts.remove')}
          </MenuItem>
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}
