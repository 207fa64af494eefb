import type { StandinPerson } from '../people.ts';
import { html, SafeHtml } from './html.ts';
import { pageStyle } from './page-style.ts';

/** A page and the policy it is sent with. */
export interface Page {
  readonly html: string;
  readonly policy: string;
}

/** What every page is drawn with. */
export interface PageFrame {
  /** The app's registered name. */
  readonly appName: string;
  /** Once per page, for its style and script. */
  readonly nonce: string;
}

/** Frame and target of a page that has a form. */
export interface FormFrame extends PageFrame {
  /** Path that the form posts to. */
  readonly action: string;
}

const mark = html`<svg viewBox="0 0 28 28" fill="none" aria-hidden="true">
  <rect x="2" y="6" width="24" height="17" rx="4" fill="currentColor" opacity=".22" />
  <path d="M4 9.5 12 16a3.2 3.2 0 0 0 4 0l8-6.5" stroke="currentColor" stroke-width="2.2" stroke-linecap="round" />
  <circle cx="23" cy="6" r="4" fill="currentColor" />
</svg>`;

const tick = html`<svg viewBox="0 0 20 20" fill="none" aria-hidden="true">
  <path d="m4 10.5 4 4 8-9" stroke="currentColor" stroke-width="2.4" stroke-linecap="round" stroke-linejoin="round" />
</svg>`;

/** The account tiles; `hinted` is asked for by the app and comes first. */
export function accountsPage(frame: FormFrame, people: readonly StandinPerson[], hinted: StandinPerson | null): Page {
  const ordered = hinted === null ? people : [hinted, ...people.filter((person) => person !== hinted)];
  const tiles = ordered.map(
    (person, index) =>
      html`<li>
        <button class="tile" name="account" value="${person.address}" ${index === 0 ? new SafeHtml('autofocus') : null}>
          ${avatar(person, people)}
          <span><strong>${person.displayName}</strong>${person.address}<small>${person.organisation}</small></span>
        </button>
      </li>`,
  );
  return formPage(
    frame,
    'Pick an account',
    html`<h1>Pick an account</h1>
      <p class="quiet">to go on to ${frame.appName}</p>
      <ul class="tiles" aria-label="Accounts">
        ${tiles}
        <li>
          <button class="tile" name="step" value="other">
            <span class="avatar avatar-other" aria-hidden="true">+</span> <span>Use another account</span>
          </button>
        </li>
      </ul>
      <div class="actions"><button name="step" value="cancel">Cancel</button></div>`,
  );
}

/** Asks for an address; `problem` is said when the last one wouldn't do. */
export function otherAccountPage(frame: FormFrame, typed: string, problem: string | null): Page {
  const invalid = problem === null ? null : new SafeHtml('aria-invalid="true" aria-describedby="problem"');
  // "Back" belongs to a form of its own, so that Enter in the field means "Next" though "Back" comes first.
  return drawPage(
    frame,
    'Sign in',
    html`<form id="back" method="post" action="${frame.action}"></form>
      <form id="next" method="post" action="${frame.action}">
        <h1>Sign in</h1>
        <p class="quiet">to go on to ${frame.appName}</p>
        <label for="address">Mail address</label>
        <input
          id="address"
          name="address"
          type="text"
          inputmode="email"
          autocomplete="username"
          spellcheck="false"
          value="${typed}"
          autofocus
          ${invalid}
        />
        ${problem === null ? null : html`<p id="problem" class="bad" role="alert">${problem}</p>`}
        <div class="actions">
          <button form="back" name="step" value="accounts">Back</button>
          <button class="main" name="step" value="address">Next</button>
        </div>
      </form>`,
    "form-action 'self'",
  );
}

/** What the app wants, the first time it asks a person. */
export function consentPage(
  frame: FormFrame,
  person: StandinPerson,
  people: readonly StandinPerson[],
  wants: readonly { readonly title: string; readonly detail: string }[],
): Page {
  const items = wants.map(
    ({ title, detail }) =>
      html`<li>
        ${tick}<span>${title}<small>${detail}</small></span>
      </li>`,
  );
  return formPage(
    frame,
    'Permissions requested',
    html`<h1>Let ${frame.appName} do this?</h1>
      <p class="person">${avatar(person, people)}<span>${person.address}</span></p>
      <ul class="wants" aria-label="Permissions">
        ${items}
      </ul>
      <p class="quiet">You can take this back at any time.</p>
      <div class="actions">
        <button name="consent" value="refuse">Cancel</button>
        <button class="main" name="consent" value="accept">Accept</button>
      </div>`,
  );
}

/** "Need admin approval": only going back is left. */
export function approvalPage(
  frame: FormFrame,
  person: StandinPerson,
  people: readonly StandinPerson[],
  facts: SafeHtml,
): Page {
  return formPage(
    frame,
    'Need admin approval',
    html`<h1>Need admin approval</h1>
      <p class="person">${avatar(person, people)}<span>${person.address}</span></p>
      <p>
        ${frame.appName} asks for permissions in ${person.organisation} that only an administrator can grant. Ask an
        administrator to approve the app before you use it.
      </p>
      ${facts}
      <div class="actions">
        <button name="step" value="accounts">Choose another account</button>
        <button class="main" name="step" value="cancel">Return to the app without granting consent</button>
      </div>`,
  );
}

/** An error that stays here; `another` is the form to choose another account by, where that may help. */
export function errorPage(frame: PageFrame, facts: SafeHtml, another: string | null): Page {
  const form =
    another === null
      ? null
      : html`<form method="post" action="${another}">
          <div class="actions">
            <button name="step" value="accounts">Choose another account</button>
          </div>
        </form>`;
  return drawPage(
    frame,
    'Trouble signing in',
    html`<h1>Sorry, signing you in didn’t work</h1>
      <p class="quiet">The app you came from has not been told. You can close this page and start again from there.</p>
      ${facts}${form}`,
    "form-action 'self'",
  );
}

/** Code, message and ids, for error pages. */
export function errorFacts(message: string, facts: readonly (readonly [string, string])[]): SafeHtml {
  const rows = facts.map(
    ([term, value]) =>
      html`<dt>${term}</dt>
        <dd>${value}</dd>`,
  );
  return html`<p class="message" role="alert">${message}</p>
    <dl>${rows}</dl>`;
}

/** Posts the answer to the app by itself; with scripts off, by its button. */
export function returnPage(
  frame: PageFrame,
  redirectUri: string,
  fields: readonly (readonly [string, string])[],
): Page {
  const inputs = fields.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`);
  const content = html`<h1>Back to ${frame.appName}</h1>
    <p class="quiet">This takes a moment. If nothing happens, use the button.</p>
    <form id="answer" method="post" action="${redirectUri}">
      ${inputs}
      <div class="actions"><button class="main">Continue</button></div>
    </form>
    <script nonce="${frame.nonce}">
      document.getElementById('answer').submit();
    </script>`;
  const origin = new URL(redirectUri).origin;
  return drawPage(
    frame,
    `Back to ${frame.appName}`,
    content,
    `script-src 'nonce-${frame.nonce}'; form-action ${origin}`,
  );
}

function formPage(frame: FormFrame, title: string, content: SafeHtml): Page {
  return drawPage(
    frame,
    title,
    html`<form method="post" action="${frame.action}">${content}</form>`,
    "form-action 'self'",
  );
}

/** A page with the stand-in's frame; `further` is added to its policy. */
export function drawPage(frame: PageFrame, title: string, content: SafeHtml, further: string): Page {
  const page = html`<!DOCTYPE html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} – demo sign-in</title>
        <link rel="icon" href="data:," />
        <style nonce="${frame.nonce}">
          ${new SafeHtml(pageStyle)}
        </style>
      </head>
      <body>
        <main>
          <p class="demo">
            <strong>This is a demo.</strong> It stands in for Microsoft’s sign-in: no real account, no password.
          </p>
          <div class="body">
            <div class="brand">${mark}<span>Demo accounts</span></div>
            ${content}
          </div>
        </main>
      </body>
    </html> `;
  const policy =
    `default-src 'none'; style-src 'nonce-${frame.nonce}'; img-src data:; base-uri 'none'; ` +
    `frame-ancestors 'none'; ${further}`;
  return { html: page.markup, policy };
}

function avatar(person: StandinPerson, people: readonly StandinPerson[]): SafeHtml {
  const colour = Math.max(0, people.indexOf(person)) % 3;
  const [first = ''] = person.displayName;
  return html`<span class="avatar avatar-${colour}" aria-hidden="true">${first}</span>`;
}
