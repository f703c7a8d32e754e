import './shortcut.css';

/** Shows which keys do this; the control that it stands on names them for screen readers by `aria-keyshortcuts`. */
export function Shortcut({ keys }: { readonly keys: string }) {
  return (
    <kbd className="shortcut" aria-hidden="true">
      {keys}
    </kbd>
  );
}
