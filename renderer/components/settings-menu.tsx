import {
  Button,
  Menu,
  MenuDivider,
  MenuGroup,
  MenuGroupHeader,
  MenuItem,
  MenuItemCheckbox,
  MenuItemRadio,
  MenuList,
  MenuPopover,
  MenuTrigger,
} from '@fluentui/react-components';
import { DeleteDismiss20Regular } from '@fluentui/react-icons/svg/delete-dismiss';
import { Key20Regular } from '@fluentui/react-icons/svg/key';
import { MoreHorizontal20Regular } from '@fluentui/react-icons/svg/more-horizontal';
import { Open20Regular } from '@fluentui/react-icons/svg/open';
import { PlugConnected20Regular } from '@fluentui/react-icons/svg/plug-connected';
import { SearchInfo20Regular } from '@fluentui/react-icons/svg/search-info';

import type { AppHeaderProps } from './app-header.tsx';

/** Language, what notifications show, a way to one's mail, the client id, starting at login, the end of it all, and the version. */
export function SettingsMenu(props: AppHeaderProps) {
  const { words, appVersion, languageSetting, onLanguage, onOpenOutlook, onRegister, onInspectToken, onNetwork } =
    props;
  const { notificationDetail, onNotificationDetail } = props;
  const { startsAtLogin, onStartAtLogin, onRemoveEverything, settingsButton } = props;
  const { t } = words;
  const languages = [
    { setting: 'system', label: t('window.menu.systemLanguage') },
    { setting: 'en', label: t('window.menu.english'), lang: 'en' },
    { setting: 'zh-CN', label: t('window.menu.chinese'), lang: 'zh-CN' },
  ] as const;
  const details = [
    { setting: 'full', label: t('window.menu.showFull') },
    { setting: 'sender-only', label: t('window.menu.showSender') },
    { setting: 'count-only', label: t('window.menu.showCount') },
  ] as const;
  const checkedValues = {
    language: [languageSetting],
    detail: [notificationDetail],
    start: startsAtLogin === true ? ['at-login'] : [],
  };
  return (
    <Menu hasIcons hasCheckmarks positioning="below-end" checkedValues={checkedValues}>
      <MenuTrigger disableButtonEnhancement>
        <Button
          ref={settingsButton}
          appearance="subtle"
          icon={<MoreHorizontal20Regular />}
          aria-label={t('window.menu.label')}
        />
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          <MenuItem icon={<Open20Regular />} onClick={onOpenOutlook}>
            {t('window.menu.openOutlook')}
          </MenuItem>
          {onRegister === null ? null : (
            <MenuItem icon={<Key20Regular />} onClick={onRegister}>
              {t('window.menu.registration')}
            </MenuItem>
          )}
          <MenuItem icon={<SearchInfo20Regular />} onClick={onInspectToken}>
            {t('inspector.menu')}
          </MenuItem>
          <MenuItem icon={<PlugConnected20Regular />} onClick={onNetwork}>
            {t('network.menu')}
          </MenuItem>
          {startsAtLogin === null ? null : (
            <MenuItemCheckbox
              name="start"
              value="at-login"
              onClick={() => {
                onStartAtLogin(!startsAtLogin);
              }}
            >
              {t('window.menu.startAtLogin')}
            </MenuItemCheckbox>
          )}
          <MenuDivider />
          <MenuGroup>
            <MenuGroupHeader>{t('window.menu.notifications')}</MenuGroupHeader>
            {details.map(({ setting, label }) => (
              <MenuItemRadio
                key={setting}
                name="detail"
                value={setting}
                onClick={() => {
                  onNotificationDetail(setting);
                }}
              >
                {label}
              </MenuItemRadio>
            ))}
          </MenuGroup>
          <MenuDivider />
          <MenuGroup>
            <MenuGroupHeader>{t('window.menu.language')}</MenuGroupHeader>
            {languages.map(({ setting, label, ...attributes }) => (
              <MenuItemRadio
                key={setting}
                name="language"
                value={setting}
                {...attributes}
                onClick={() => {
                  onLanguage(setting);
                }}
              >
                {label}
              </MenuItemRadio>
            ))}
          </MenuGroup>
          <MenuDivider />
          <MenuItem icon={<DeleteDismiss20Regular />} onClick={onRemoveEverything}>
            {t('window.menu.removeEverything')}
          </MenuItem>
          <MenuDivider />
          <MenuGroup>
            <MenuGroupHeader>{t('window.menu.version', { version: appVersion })}</MenuGroupHeader>
          </MenuGroup>
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}
