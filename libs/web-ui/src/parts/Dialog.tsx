import { type ReactNode, useEffect, useId, useRef } from 'react';
import { X } from 'lucide-react';
import { Button } from './Button.js';

export interface DialogProps {
  readonly title: ReactNode;
  readonly children: ReactNode;
  /** Escape and the cross; left out when she must choose. */
  readonly onClose?: () => void;
  readonly role?: 'dialog' | 'alertdialog';
}

/** A question over the page; the rest waits, focus comes back where it was. Mount it to open it. */
export function Dialog({ title, children, onClose, role = 'dialog' }: DialogProps) {
  const id = useId();
  const ref = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = ref.current;
    const before = document.activeElement;
    if (dialog !== null && !dialog.open) dialog.showModal();
    return () => {
      dialog?.close();
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={ref}
      role={role}
      aria-labelledby={id}
      className="anw-dialog"
      onCancel={(event) => {
        event.preventDefault();
        onClose?.();
      }}
    >
      <div className="anw-card-top">
        <h2 id={id} className="nl-heading nl-heading--level-3">{title}</h2>
        {onClose !== undefined && <Button kind="subtle" iconOnly icon={<X size={24} />} onClick={onClose}>Sluiten</Button>}
      </div>
      {children}
    </dialog>
  );
}
