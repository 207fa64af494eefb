/** Something that hostile content in the window could try. */
export interface HostileAttempt {
  /** The directive of the content security policy that stops it first. */
  readonly directive: string;
  readonly what: string;
  /** Runs in the page. What comes of it in spite of all reaches `canary` or is put into the page's global `ran`. */
  readonly attempt: (canary: string) => void;
}

/** One for each way out, or in. */
export const hostileAttempts: readonly HostileAttempt[] = [
  {
    directive: 'require-trusted-types-for',
    what: 'the text of a script',
    attempt: () => {
      try {
        document.createElement('script').textContent = '1';
      } catch {
        // Refused, as it must be.
      }
    },
  },
  {
    directive: 'require-trusted-types-for',
    what: 'an inline script',
    attempt: () => {
      const script = document.createElement('script');
      const text = document.createTextNode('globalThis.ran = "inline"');
      try {
        script.append(text);
      } catch {
        // Refused there too; the node has other ways in.
        Node.prototype.appendChild.call(script, text);
      }
      document.head.append(script);
    },
  },
  {
    directive: 'script-src-elem',
    what: 'an address that is a script',
    attempt: () => {
      globalThis.location.href = 'javascript:globalThis.ran = "address"';
    },
  },
  {
    directive: 'require-trusted-types-for',
    what: 'a handler in an attribute',
    attempt: () => {
      const button = document.createElement('button');
      try {
        button.setAttribute('onclick', 'globalThis.ran = "attribute"');
      } catch {
        // Refused, as it must be.
      }
      document.body.append(button);
      button.click();
      button.remove();
    },
  },
  {
    directive: 'script-src-elem',
    what: 'a remote script',
    attempt: (canary) => {
      const link = document.createElement('link');
      link.rel = 'preload';
      link.as = 'script';
      link.href = `${canary}/script.js`;
      document.head.append(link);
    },
  },
  {
    directive: 'img-src',
    what: 'a remote picture',
    attempt: (canary) => {
      new Image().src = `${canary}/picture`;
    },
  },
  {
    directive: 'frame-src',
    what: 'a frame',
    attempt: (canary) => {
      const frame = document.createElement('iframe');
      frame.src = `${canary}/frame`;
      document.body.append(frame);
      frame.remove();
    },
  },
  {
    directive: 'style-src-elem',
    what: 'a style sheet without the nonce',
    attempt: () => {
      const style = document.createElement('style');
      style.append('body { display: none }');
      document.head.append(style);
    },
  },
  {
    directive: 'connect-src',
    what: 'a request',
    attempt: (canary) => {
      fetch(`${canary}/request`).catch(() => undefined);
    },
  },
  {
    directive: 'media-src',
    what: 'a remote sound',
    attempt: (canary) => {
      new Audio(`${canary}/sound`).load();
    },
  },
  {
    directive: 'form-action',
    what: 'a form that is sent elsewhere',
    attempt: (canary) => {
      const form = document.createElement('form');
      form.action = `${canary}/form`;
      form.method = 'post';
      document.body.append(form);
      form.submit();
      form.remove();
    },
  },
  {
    directive: 'script-src',
    what: 'a compiled program',
    attempt: () => {
      // An empty WebAssembly module.
      WebAssembly.compile(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])).then(
        () => Reflect.set(globalThis, 'ran', 'wasm'),
        () => undefined,
      );
    },
  },
  {
    directive: 'require-trusted-types-for',
    what: 'text run as a program',
    attempt: () => {
      // Later: the inspector that calls this lets what runs within its call do it.
      setTimeout(() => {
        const run = Reflect.get(globalThis, 'eval') as (text: string) => unknown;
        Reflect.set(globalThis, 'ran', run('"eval"'));
      });
    },
  },
  {
    directive: 'require-trusted-types-for',
    what: 'a function made of text',
    attempt: () => {
      setTimeout(() => {
        const made = Reflect.construct(Function, ['return "function"']) as () => unknown;
        Reflect.set(globalThis, 'ran', made());
      });
    },
  },
  {
    directive: 'require-trusted-types-for',
    what: 'an object',
    attempt: (canary) => {
      const object = document.createElement('object');
      document.body.append(object);
      try {
        object.data = `${canary}/object`;
      } catch {
        // Refused, as it must be.
      }
      object.remove();
    },
  },
  {
    directive: 'require-trusted-types-for',
    what: 'a worker',
    attempt: () => {
      try {
        const worker = new Worker(globalThis.location.href);
        worker.addEventListener('message', () => Reflect.set(globalThis, 'ran', 'worker'));
      } catch {
        // Refused, as it must be.
      }
    },
  },
  {
    directive: 'base-uri',
    what: 'another base address',
    attempt: (canary) => {
      const base = document.createElement('base');
      base.href = canary;
      document.head.append(base);
    },
  },
];
