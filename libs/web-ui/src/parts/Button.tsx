import { type ButtonHTMLAttributes, type ReactNode, useState } from 'react';
import { Link, type LinkProps } from 'react-router';
import { classNames } from './class-names.js';

export type ButtonKind = 'primary' | 'secondary' | 'subtle' | 'danger';

const kindClasses: Readonly<Record<ButtonKind, string>> = {
  primary: 'nl-button--primary',
  secondary: 'nl-button--secondary',
  subtle: 'nl-button--subtle',
  danger: 'nl-button--primary nl-button--negative',
};

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly kind?: ButtonKind;
  readonly icon?: ReactNode;
  /** Something is on its way: the button keeps its focus and takes no second press. */
  readonly busy?: boolean;
  /** Shows the icon alone; the text stays its name. */
  readonly iconOnly?: boolean;
}

export function Button({ kind = 'secondary', icon, busy = false, iconOnly = false, type = 'button', className, onClick, children, disabled, ...rest }: ButtonProps) {
  return (
    <button
      {...rest}
      type={type}
      disabled={disabled}
      aria-disabled={busy || undefined}
      aria-busy={busy || undefined}
      onClick={busy ? (event) => event.preventDefault() : onClick}
      className={classNames('nl-button', kindClasses[kind], iconOnly && 'nl-button--icon-only', busy && 'nl-button--busy', disabled && 'nl-button--disabled', className)}
    >
      {icon !== undefined && <span className="nl-button__icon-start" aria-hidden="true">{icon}</span>}
      <span className="nl-button__label">{children}</span>
    </button>
  );
}

export interface LinkButtonProps extends LinkProps {
  readonly kind?: ButtonKind;
  readonly icon?: ReactNode;
}

/** A link to another page that looks like a button. */
export function LinkButton({ kind = 'secondary', icon, className, children, ...rest }: LinkButtonProps) {
  return (
    <Link {...rest} className={classNames('nl-button', kindClasses[kind], className)}>
      {icon !== undefined && <span className="nl-button__icon-start" aria-hidden="true">{icon}</span>}
      <span className="nl-button__label">{children}</span>
    </Link>
  );
}

export interface ConfirmButtonProps extends Omit<ButtonProps, 'onClick'> {
  /** What will happen, in one sentence. */
  readonly question: ReactNode;
  /** On the button that does it. */
  readonly confirmLabel: string;
  readonly onConfirm: () => Promise<unknown> | void;
}

/** A button that first says what it will do, and does it at the second press. A failure leaves the question standing. */
export function ConfirmButton({ question, confirmLabel, onConfirm, kind = 'danger', busy = false, ...rest }: ConfirmButtonProps) {
  const [asking, setAsking] = useState(false);
  if (!asking) return <Button {...rest} kind={kind === 'danger' ? 'secondary' : kind} busy={busy} onClick={() => setAsking(true)} />;
  const confirm = async () => {
    await onConfirm();
    setAsking(false);
  };
  return (
    <div className="anw-confirm" role="group" aria-label={confirmLabel}>
      <p className="nl-paragraph" role="alert">{question}</p>
      <div className="anw-actions">
        <Button kind={kind} busy={busy} onClick={() => void confirm().catch(() => undefined)}>{confirmLabel}</Button>
        <Button kind="subtle" autoFocus onClick={() => setAsking(false)}>Niet doen</Button>
      </div>
    </div>
  );
}
