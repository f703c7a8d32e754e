import { useEffect } from 'react';
import { tellTabs } from './tabs.js';

/** Where a login ends that another tab waits for. */
export const LOGGED_IN_PATH = '/ingelogd';

/** Tells the waiting tab, and closes itself when the browser lets it. */
export function LoggedInPage() {
  useEffect(() => {
    tellTabs({ type: 'logged-in' });
    window.close();
  }, []);
  return (
    <main className="anw-login" id="inhoud">
      <div className="anw-login-card">
        <h1 className="nl-heading nl-heading--level-2">U bent ingelogd</h1>
        <p className="nl-paragraph">Sluit dit venster en ga verder in het venster waar u was.</p>
        <p className="nl-paragraph"><a className="nl-link" href="/">Of ga hier verder</a></p>
      </div>
    </main>
  );
}
