import type { ShownNotification } from '../../test/desktop/notification-daemon.ts';
import { iconToPng } from '../../test/desktop/status-icon.ts';
import type { StatusIcon } from '../../test/desktop/status-icon.ts';

/** A tray icon and what it stands for. */
export interface NamedIcon {
  readonly name: string;
  readonly icon: StatusIcon;
}

export interface HeadPicture {
  /** The window's content as a PNG, and its size in CSS pixels. */
  readonly window: Buffer;
  readonly width: number;
  readonly height: number;
  readonly icon: StatusIcon;
  readonly menu: readonly string[];
  readonly notification: Pick<ShownNotification, 'summary' | 'body'>;
}

const inline = (png: Buffer): string => `data:image/png;base64,${png.toString('base64')}`;

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;').replaceAll('\n', '<br>');

function page(style: string, body: string): string {
  return `<!DOCTYPE html><meta charset="utf-8"><style>
    * { box-sizing: border-box; margin: 0 }
    body { font: 15px/1.4 'Segoe UI', 'DejaVu Sans', 'Noto Sans CJK SC', sans-serif; width: max-content }
    img { display: block }
    ${style}</style><body>${body}</body>`;
}

/** A part of a desktop: window, panel with the tray icon, its menu, a notification. The frame is drawn, the rest is real. */
export function headPicture({ window, width, height, icon, menu, notification }: HeadPicture): string {
  const entries = menu.map((label) => `<li>${escaped(label)}</li>`).join('');
  return page(
    `body { background: #cfdcea; padding: 0 28px 28px; width: ${width + 28 * 3 + 360}px }
    .panel { height: 40px; margin: 0 -28px 28px; padding: 0 28px; background: #1f2933; color: #e8edf2;
      display: flex; align-items: center; justify-content: flex-end; gap: 16px }
    .panel img { width: 22px }
    .all { display: flex; gap: 28px; align-items: flex-start }
    .window { border-radius: 10px; overflow: hidden; box-shadow: 0 0 0 1px #9fb3c8 }
    .window header { height: 34px; background: #e4e9ef; color: #33424f; font-size: 13px; line-height: 34px;
      text-align: center; border-bottom: 1px solid #c5d0db }
    .side { width: 360px; display: flex; flex-direction: column; gap: 28px }
    .card { background: #fbfcfd; border-radius: 10px; box-shadow: 0 0 0 1px #9fb3c8; color: #1f2933 }
    .menu { padding: 6px 0; list-style: none; font-size: 14px; align-self: flex-end; min-width: 300px }
    .menu li { padding: 6px 18px } .menu li:first-child { color: #6b7a89 }
    .told { padding: 16px 20px } .told strong { display: block }
    .big { display: flex; gap: 20px; align-items: center; padding: 18px 20px; color: #44525f; font-size: 14px }
    .big img { width: 88px; image-rendering: pixelated }`,
    `<div class="panel"><img src="${inline(iconToPng(icon))}" alt=""><span>9:41</span></div>
    <div class="all">
      <div class="window"><header>Tidings</header><img src="${inline(window)}" width="${width}" height="${height}" alt=""></div>
      <div class="side">
        <ul class="card menu">${entries}</ul>
        <div class="card told"><strong>${escaped(notification.summary)}</strong>${escaped(notification.body)}</div>
        <div class="card big"><img src="${inline(iconToPng(icon))}" alt="">The number is drawn on the tray icon.</div>
      </div>
    </div>`,
  );
}

/** The tray icon's states beside each other, on a light and on a dark panel. */
export function traySheet(icons: readonly NamedIcon[]): string {
  const row = (look: string): string =>
    icons
      .map(({ name, icon }) => {
        const source = inline(iconToPng(icon));
        return `<figure class="${look}"><img class="large" src="${source}" alt=""><img class="real" src="${source}" alt="">
          <figcaption>${escaped(name)}</figcaption></figure>`;
      })
      .join('');
  return page(
    `body { display: grid; grid-template-columns: repeat(${icons.length}, 118px) }
    figure { padding: 16px 8px; display: flex; flex-direction: column; align-items: center; gap: 10px }
    .light { background: #f3f3f3; color: #222 } .dark { background: #202428; color: #eee }
    .large { width: 66px; height: 66px; image-rendering: pixelated } .real { width: 22px; height: 22px }
    figcaption { font-size: 12px; white-space: nowrap }`,
    row('light') + row('dark'),
  );
}
