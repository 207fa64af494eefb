// The smallest app that uses everything of a desktop that the harness stands in for.
import process from 'node:process';
import { app, BrowserWindow, Menu, nativeImage, Notification, powerMonitor, shell, Tray } from 'electron';

const say = (line) => process.stdout.write(`${line}\n`);
const size = 22;
const square = (blue, green, red) =>
  nativeImage.createFromBitmap(Buffer.from(Array.from({ length: size * size }, () => [blue, green, red, 255]).flat()), {
    width: size,
    height: size,
  });
// Kept, or the garbage collector takes their click handlers along.
const kept = [];

function notify() {
  const notification = new Notification({ title: 'Ada', body: 'Lunch?' });
  notification.on('click', () => say('notification clicked'));
  notification.show();
  kept.push(notification);
}

function addTray() {
  const tray = new Tray(square(0, 0, 255));
  const setMenu = (label) =>
    tray.setContextMenu(
      Menu.buildFromTemplate([
        { label, enabled: false },
        { type: 'separator' },
        {
          label: 'Check now',
          click: () => {
            tray.setImage(square(255, 0, 0));
            tray.setToolTip('2 unread');
            setMenu('2 unread');
          },
        },
        { label: 'Open', click: () => void shell.openExternal('http://localhost:9/page?a=1&b=%20c') },
        { label: 'Notify', click: notify },
        { label: 'Remove', click: () => tray.destroy() },
      ]),
    );
  tray.setToolTip('1 unread');
  setMenu('1 unread');
  tray.on('click', () => say('tray clicked'));
  kept.push(tray);
}

// A top-level await would keep Electron 33 from ever getting ready.
void app.whenReady().then(() => {
  say(`languages ${app.getPreferredSystemLanguages().join(',')}`);
  const window = new BrowserWindow({ width: 400, height: 300, webPreferences: { sandbox: true } });
  void window.loadURL('data:text/html,<title>Hello</title><h1>Hello</h1>');
  kept.push(window);
  addTray();
  powerMonitor.on('suspend', () => say('suspend'));
  powerMonitor.on('resume', () => say('resume'));
  say('ready');
});
