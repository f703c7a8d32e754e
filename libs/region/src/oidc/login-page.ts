import type { SampleUser } from '../sample/users.js';

export interface LoginPage {
  /** Where the form goes. */
  readonly action: string;
  /** Who may log in here: shown, because these people are made up. */
  readonly users: readonly SampleUser[];
  readonly failed: boolean;
  /** What was typed before. */
  readonly username?: string;
}

/** The log-in page of the local region: one form, no script, nothing from elsewhere. */
export function renderLoginPage({ action, users, failed, username }: LoginPage): string {
  return page(
    'Inloggen',
    `<h1>Inloggen</h1>
    ${failed ? '<p class="fout" role="alert">Deze gebruikersnaam en dit wachtwoord horen niet bij elkaar. Probeer het opnieuw.</p>' : ''}
    <form method="post" action="${escapeHtml(action)}">
      <label for="username">Gebruikersnaam</label>
      <input id="username" name="username" autocomplete="username" required autofocus value="${escapeHtml(username ?? '')}">
      <label for="password">Wachtwoord</label>
      <input id="password" name="password" type="password" autocomplete="current-password" required>
      <button type="submit">Inloggen</button>
    </form>
    <h2>Proefgebruikers</h2>
    <ul>${users.map((user) => `<li><strong>${escapeHtml(user.username)}</strong>: ${escapeHtml(user.name)}, ${escapeHtml(user.roleName.toLowerCase())}</li>`).join('')}</ul>
    <p>De wachtwoorden staan in het venster waarin de regio draait.</p>`,
  );
}

export function renderErrorPage(sentence: string): string {
  return page('Inloggen lukt niet', `<h1>Inloggen lukt niet</h1><p class="fout" role="alert">${escapeHtml(sentence)}</p><p>Ga terug naar de pagina waar u vandaan kwam en begin opnieuw.</p>`);
}

export function renderLogoutPage(form: string): string {
  return page('Uitloggen', `<h1>Uitloggen</h1>${form}<button autofocus type="submit" form="op.logoutForm" value="yes" name="logout">Uitloggen</button>`);
}

export function renderLoggedOutPage(): string {
  return page('Uitgelogd', '<h1>Uitgelogd</h1><p>U bent uitgelogd.</p>');
}

export function escapeHtml(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="nl">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${title} · lokale regio</title>
    <style>
      body { font: 1.1rem/1.5 system-ui, sans-serif; max-width: 26rem; margin: 3rem auto; padding: 0 1rem; color: #1b1b1b; background: #fff }
      label { display: block; margin: 1rem 0 .25rem }
      input { font: inherit; width: 100%; padding: .6rem; border: 1px solid #555; border-radius: .3rem; box-sizing: border-box }
      button { font: inherit; margin-top: 1.5rem; padding: .7rem 1.5rem; border: 0; border-radius: .3rem; color: #fff; background: #154273 }
      :focus-visible { outline: 3px solid #ffb612; outline-offset: 2px }
      h2 { font-size: 1rem; margin-top: 2.5rem }
      .fout { padding: .75rem; border-left: .3rem solid #b3261e; background: #fdecea }
    </style>
  </head>
  <body><main>${body}</main></body>
</html>`;
}
