import { LogIn } from 'lucide-react';
import { Alert } from '../parts/Alert.js';

/** Who is not logged in sees what this is, and one button. */
export function LoginPage({ title, notice }: { readonly title: string; readonly notice?: string }) {
  const returnTo = location.pathname + location.search;
  return (
    <main className="anw-login" id="inhoud">
      <div className="anw-login-card">
        <p className="anw-login-eyebrow">ANW-zorg</p>
        <h1 className="nl-heading nl-heading--level-1">{title}</h1>
        <p className="nl-paragraph">Zorg thuis in de avond, de nacht en het weekend.</p>
        {notice !== undefined && <Alert kind="info" title={notice} />}
        <a className="nl-button nl-button--primary anw-login-button" href={loginPath(returnTo)}>
          <span className="nl-button__icon-start" aria-hidden="true"><LogIn size={20} /></span>
          <span className="nl-button__label">Inloggen</span>
        </a>
        <p className="nl-paragraph anw-muted">U logt in met het account van uw eigen organisatie.</p>
      </div>
    </main>
  );
}

export function loginPath(returnTo: string): string {
  return `/login?${new URLSearchParams({ returnTo }).toString()}`;
}
