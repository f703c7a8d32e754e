import { LogOut, Monitor, Moon, Sun } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { NavLink, useLocation } from 'react-router';
import { useNow } from '../format/use-now.js';
import { formatTime } from '../format/format.js';
import { Button } from '../parts/Button.js';
import { LIVE_REGION_ID } from '../parts/live-region.js';
import { logOut } from '../session/log-out.js';
import { useMe } from '../session/me.js';
import { hasRole } from '../session/RequireRole.js';
import { chooseTheme, readThemeChoice, type ThemeChoice, themeChoices } from './theme-choice.js';

export interface NavigationItem {
  readonly to: string;
  readonly label: string;
  readonly icon?: ReactNode;
  /** Who sees it; left out: everyone. */
  readonly roles?: readonly string[];
  /** Only an exact path counts as being there. */
  readonly end?: boolean;
}

export interface AppShellProps {
  readonly title: string;
  readonly navigation: readonly NavigationItem[];
  readonly children: ReactNode;
}

/** What stands around every page: where she is, who she is, where she can go. */
export function AppShell({ title, navigation, children }: AppShellProps) {
  const me = useMe();
  const items = navigation.filter(({ roles }) => hasRole(me.roles, roles));
  const main = useFocusAtNewPage();
  return (
    <div className="anw-shell">
      <a className="nl-skip-link anw-skip-link" href="#inhoud">Naar de inhoud</a>
      <header className="anw-header">
        <div className="anw-header-names">
          <span className="anw-header-title">{title}</span>
          <span className="anw-header-organisation">{me.organisationName}</span>
        </div>
        <div className="anw-header-person">
          <Clock />
          <span className="anw-header-user"><span>{me.name}</span><span className="anw-header-role">{me.roleName}</span></span>
          <ThemeSwitch />
          <Button kind="subtle" className="anw-header-button" icon={<LogOut size={20} />} onClick={() => void logOut()}>Uitloggen</Button>
        </div>
      </header>
      {items.length > 1 && (
        <nav className="anw-navigation" aria-label="Hoofdmenu">
          <ul>
            {items.map(({ to, label, icon, end }) => (
              <li key={to}><NavLink to={to} end={end ?? to === '/'}>{icon !== undefined && <span aria-hidden="true">{icon}</span>}<span>{label}</span></NavLink></li>
            ))}
          </ul>
        </nav>
      )}
      <main id="inhoud" ref={main} tabIndex={-1} className="anw-main">{children}</main>
      <div id={LIVE_REGION_ID} role="status" aria-live="polite" className="anw-visually-hidden" />
    </div>
  );
}

/** Going to another page puts the focus at its start, as loading a document would. */
function useFocusAtNewPage() {
  const main = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  const shown = useRef(pathname);
  useEffect(() => {
    if (shown.current === pathname) return;
    shown.current = pathname;
    window.scrollTo(0, 0);
    if (!main.current?.contains(document.activeElement) || document.activeElement === document.body) main.current?.focus({ preventScroll: true });
  }, [pathname]);
  return main;
}

function Clock() {
  const now = useNow(10_000);
  return <time className="anw-clock" dateTime={now.toISOString()}>{formatTime(now)}</time>;
}

const themes: Readonly<Record<ThemeChoice, { readonly label: string; readonly icon: ReactNode }>> = {
  system: { label: 'Kleuren: zoals uw apparaat', icon: <Monitor size={20} /> },
  light: { label: 'Kleuren: licht', icon: <Sun size={20} /> },
  dark: { label: 'Kleuren: donker', icon: <Moon size={20} /> },
};

function ThemeSwitch() {
  const [choice, setChoice] = useState(readThemeChoice);
  const next = themeChoices[(themeChoices.indexOf(choice) + 1) % themeChoices.length]!;
  const change = () => {
    chooseTheme(next);
    setChoice(next);
  };
  return <Button kind="subtle" className="anw-header-button" iconOnly icon={themes[choice].icon} title={themes[choice].label} onClick={change}>{themes[choice].label}</Button>;
}
