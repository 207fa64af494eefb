import { describe, expect, test } from 'vitest';
import { sessionBusAddress, socketsOf } from '../../../electron/main/shell/dbus/bus-address.ts';

describe("the bus's address", () => {
  test('is the one that the session names', () => {
    const named = 'unix:path=/run/user/1000/bus';
    expect(sessionBusAddress({ DBUS_SESSION_BUS_ADDRESS: named, XDG_RUNTIME_DIR: '/run/user/7' })).toBe(named);
  });

  test('is the usual one in a session that names none, and unknown without a session', () => {
    expect(socketsOf(sessionBusAddress({ XDG_RUNTIME_DIR: '/run/user/100 %' }) ?? '')).toEqual(['/run/user/100 %/bus']);
    expect(sessionBusAddress({ DBUS_SESSION_BUS_ADDRESS: '' })).toBeNull();
  });

  test.for([
    ['unix:path=/run/user/1000/bus', ['/run/user/1000/bus']],
    ['unix:path=/tmp/a%20b%2c,guid=0123', ['/tmp/a b,']],
    ['unix:abstract=/tmp/dbus-x,guid=01', ['\0/tmp/dbus-x']],
    ['unix:path=/a;unix:abstract=b', ['/a', '\0b']],
    ['autolaunch:;tcp:host=localhost,port=5;unixexec:path=/bin/sh', []],
    ['unix:path=%ff;unix:path=/b', ['/b']],
    ['unix:', []],
    ['', []],
  ] as const)('%s', ([address, sockets]) => {
    expect(socketsOf(address)).toEqual(sockets);
  });
});
