import {
  Button,
  Menu,
  MenuDivider,
  MenuItem,
  MenuItemCheckbox,
  MenuList,
  MenuPopover,
  MenuTrigger,
} from '@fluentui/react-components';
import { ArrowSync20Regular } from '@fluentui/react-icons/svg/arrow-sync';
import { Delete20Regular } from '@fluentui/react-icons/svg/delete';
import { MoreHorizontal20Regular } from '@fluentui/react-icons/svg/more-horizontal';

import type { SharedMailboxSnapshot } from '../../electron/shared/snapshot.ts';
import type { Words } from '../words.ts';

/** Props of {@link SharedMailboxMenu}. */
export interface SharedMailboxMenuProps {
  readonly mailbox: SharedMailboxSnapshot;
  readonly words: Words;
  readonly canCheckNow: boolean;
  readonly onCheckNow: () => void;
  readonly onSetMuted: (muted: boolean) => void;
  readonly onRemove: () => void;
}

/** What can be done with one shared mailbox. */
export function SharedMailboxMenu(props: SharedMailboxMenuProps) {
  const { mailbox, words, canCheckNow, onCheckNow, onSetMuted, onRemove } = props;
  const { t } = words;
  return (
    <Menu
      hasIcons
      hasCheckmarks
      positioning="below-end"
      checkedValues={{ notifications: mailbox.muted ? ['muted'] : [] }}
    >
      <MenuTrigger disableButtonEnhancement>
        <Button
          appearance="subtle"
          icon={<MoreHorizontal20Regular />}
          aria-label={t('window.accounts.menuLabel', { address: mailbox.address })}
        />
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          <MenuItem icon={<ArrowSync20Regular />} disabled={!canCheckNow} onClick={onCheckNow}>
            {t('window.accounts.checkNow')}
          </MenuItem>
          <MenuItemCheckbox
            name="notifications"
            value="muted"
            onClick={() => {
              onSetMuted(!mailbox.muted);
            }}
          >
            {t('window.sharedMailboxes.mute')}
          </MenuItemCheckbox>
          <MenuDivider />
          <MenuItem icon={<Delete20Regular />} onClick={onRemove}>
            {t('window.sharedMailboxes.remove')}
          </MenuItem>
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}
