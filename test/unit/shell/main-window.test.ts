import { describe, expect, it } from 'vitest';
import { firstPictureLimitMs } from '../../../electron/main/shell/main-window.ts';
import { settle } from '../../support/fake-clock.ts';
import { setUpMainWindow as setUp } from './main-window-fakes.ts';

describe('the first frame', () => {
  it('is shown when the page has content, not before', async () => {
    const { main, newest, draw } = setUp();
    main.show();
    newest().emit('ready-to-show');
    newest().webContents.emit('dom-ready');
    await settle();
    expect(newest().calls).toEqual([]);
    await draw();
    expect(newest().calls).toEqual(['show']);
    expect(newest().url).toBe('tidings://app/index.html');
  });

  it('is not waited for without end', async () => {
    const { main, newest, clock, log } = setUp();
    main.show();
    await clock.advance(firstPictureLimitMs);
    expect(newest().calls).toEqual(['show']);
    expect(log.lines).toHaveLength(1);
    newest().webContents.failPicture(new Error('late'));
    await settle();
    expect(newest().calls).toEqual(['show']);
  });

  it('leaves no timer once it was shown', async () => {
    const { main, clock, draw } = setUp();
    main.show();
    await draw();
    expect(clock.pending).toBe(0);
  });

  it('has the ground of the theme behind it', () => {
    const { main, newest } = setUp();
    main.show();
    expect(newest().options.backgroundColor).toBe('#141414');
  });
});

describe('show', () => {
  it('makes one window, however often it is asked for while that loads', async () => {
    const { main, windows, draw } = setUp();
    main.show();
    main.show();
    await draw();
    expect(windows).toHaveLength(1);
    expect(windows[0]?.calls).toEqual(['show']);
  });

  it('brings the open window to the front, also from the task bar', async () => {
    const { main, windows, newest, draw } = setUp();
    main.show();
    await draw();
    newest().minimized = true;
    main.show();
    expect(windows).toHaveLength(1);
    expect(newest().calls).toEqual(['show', 'restore', 'show', 'focus']);
  });

  it('makes a new window after the old one was closed', async () => {
    const { main, windows, draw } = setUp();
    main.show();
    await draw();
    main.close();
    main.show();
    await draw();
    expect(windows.map(({ destroyed }) => destroyed)).toEqual([true, false]);
    expect(main.webContents()?.id).toBe(windows[1]?.webContents.id);
  });

  it('replaces a window that hangs, but not one that came back', async () => {
    const { main, windows, newest, draw, events } = setUp();
    main.show();
    await draw();
    newest().emit('unresponsive');
    newest().emit('responsive');
    main.show();
    expect(windows).toHaveLength(1);
    newest().emit('unresponsive');
    main.show();
    expect(windows.map(({ destroyed }) => destroyed)).toEqual([true, false]);
    expect(events).toEqual(['open', 'gone', 'open']);
  });
});

describe('closing', () => {
  it('ends the renderer and says once that the app goes on', async () => {
    const { main, newest, draw, events } = setUp();
    for (let count = 0; count < 3; count += 1) {
      main.show();
      await draw();
      newest().close();
      expect(newest().destroyed).toBe(true);
      expect(main.webContents()).toBeNull();
    }
    expect(events).toEqual(['open', 'gone', 'first-close', 'open', 'gone', 'open', 'gone']);
  });

  it('keeps the place of a window that was seen', async () => {
    const { main, written, draw } = setUp();
    main.show();
    main.close();
    expect(written).toEqual([]);
    main.show();
    await draw();
    main.close();
    expect(written).toEqual([{ bounds: { x: 10, y: 20, width: 500, height: 700 }, maximized: false }]);
  });

  it('before the page is there is no failure', async () => {
    const { main, newest, events, log, clock } = setUp();
    main.show();
    newest().webContents.emit('dom-ready');
    main.close();
    newest().failLoad(new Error('ERR_ABORTED'));
    newest().webContents.failPicture(new Error('frame gone'));
    await settle();
    expect(log.lines).toEqual([]);
    expect(events).toEqual(['open', 'gone', 'first-close']);
    expect(clock.pending).toBe(0);
  });
});

describe('a renderer that', () => {
  it('crashes takes its window along and is logged; the next show has a new one', async () => {
    const { main, windows, newest, draw, events, log } = setUp();
    main.show();
    await draw();
    newest().webContents.emit('render-process-gone', {}, { reason: 'oom', exitCode: 5 });
    expect(newest().destroyed).toBe(true);
    expect(events).toEqual(['open', 'gone', 'renderer-gone']);
    expect(log.lines).toMatchObject([{ level: 'error', facts: { why: 'oom', exit: 5 } }]);
    main.show();
    expect(windows).toHaveLength(2);
  });

  it('has no page is not left on the screen as an empty window', async () => {
    const { main, newest, events } = setUp();
    main.show();
    newest().failLoad(new Error('ERR_FAILED'));
    await settle();
    expect(newest().destroyed).toBe(true);
    expect(events).toEqual(['open', 'gone', 'load-failed']);
  });
});

describe('dispose', () => {
  it('destroys the window, keeps its place, and nothing opens any more', async () => {
    const { main, windows, draw, events, written, clock } = setUp();
    main.show();
    await draw();
    main.dispose();
    main.show();
    expect(windows).toHaveLength(1);
    expect(windows[0]?.destroyed).toBe(true);
    expect(written).toHaveLength(1);
    expect(events).toEqual(['open', 'gone']);
    expect(clock.pending).toBe(0);
  });
});

describe('the page', () => {
  it('is sandboxed, isolated and without Node', () => {
    const { main, newest } = setUp();
    main.show();
    expect(newest().options.webPreferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
      devTools: false,
    });
  });

  it('does not rename the window', () => {
    const { main, newest } = setUp();
    main.show();
    let prevented = false;
    newest().emit('page-title-updated', {
      preventDefault: () => {
        prevented = true;
      },
    });
    expect(newest().options.title).toBe('Tidings');
    expect(prevented).toBe(true);
  });
});

describe('the remembered place', () => {
  it('is used again', async () => {
    const { main, newest, draw } = setUp({ bounds: { x: 100, y: 50, width: 600, height: 800 }, maximized: true });
    main.show();
    await draw();
    expect(newest().options).toMatchObject({ x: 100, y: 50, width: 600, height: 800, minWidth: 360 });
    expect(newest().calls).toEqual(['maximize', 'show']);
  });

  it('is left to the window manager at the first start', () => {
    const { main, newest } = setUp();
    main.show();
    expect(newest().options).not.toHaveProperty('x');
  });
});
