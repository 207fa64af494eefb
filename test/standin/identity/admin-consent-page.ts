import type { StandinPerson } from '../people.ts';
import { html } from './html.ts';
import { drawPage } from './pages.ts';
import type { FormFrame, Page } from './pages.ts';

/** What an app wants, asked of an administrator for everybody. A form's answer may lead to `returnOrigin` only. */
export function adminConsentPage(
  frame: FormFrame,
  person: StandinPerson,
  wants: readonly { readonly title: string; readonly detail: string }[],
  returnOrigin: string,
): Page {
  const items = wants.map(
    ({ title, detail }) =>
      html`<li>
        <span>${title}<small>${detail}</small></span>
      </li>`,
  );
  const content = html`<form method="post" action="${frame.action}">
    <h1>Permissions requested for ${person.organisation}</h1>
    <p class="person"><span>${person.address}</span></p>
    <p>If you accept, ${frame.appName} gets these permissions for everybody in ${person.organisation}.</p>
    <ul class="wants" aria-label="Permissions">
      ${items}
    </ul>
    <div class="actions">
      <button name="consent" value="refuse">Cancel</button>
      <button class="main" name="consent" value="accept">Accept</button>
    </div>
  </form>`;
  return drawPage(frame, 'Permissions requested', content, `form-action 'self' ${returnOrigin}`);
}
