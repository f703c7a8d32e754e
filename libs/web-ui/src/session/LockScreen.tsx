import { Lock, LogIn } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { Button } from '../parts/Button.js';
import { LOGGED_IN_PATH } from './LoggedInPage.js';
import { loginPath } from './LoginPage.js';
import { logOut } from './log-out.js';

/** Stands over everything while nobody is logged in; the page behind it keeps what was typed. */
export function LockScreen({ name, reason }: { readonly name: string; readonly reason: 'idle' | 'lost' }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <main className="anw-login" id="inhoud">
      <div className="anw-login-card">
        <Lock aria-hidden="true" size={40} className="anw-lock-icon" />
        <h1 ref={heading} tabIndex={-1} className="nl-heading nl-heading--level-2">{reason === 'idle' ? 'Vergrendeld' : 'U bent niet meer ingelogd'}</h1>
        <p className="nl-paragraph">
          {reason === 'idle' ? 'U deed een kwartier niets. ' : ''}Log opnieuw in als {name}. Daarna gaat u verder waar u was; wat u typte, staat er nog.
        </p>
        <div className="anw-actions">
          <Button kind="primary" icon={<LogIn size={20} />} onClick={() => window.open(loginPath(LOGGED_IN_PATH), '_blank')}>Opnieuw inloggen</Button>
          <Button kind="subtle" onClick={() => void logOut()}>Stoppen</Button>
        </div>
        <p className="nl-paragraph anw-muted">Inloggen opent in een nieuw venster. Dat venster sluit vanzelf.</p>
      </div>
    </main>
  );
}
