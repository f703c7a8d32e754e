import { CircleCheck, CircleX, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode, Ref } from 'react';

export type AlertKind = 'info' | 'warning' | 'error' | 'success';

const kinds = {
  info: { className: 'utrecht-alert--info', Icon: Info, word: 'Let op' },
  warning: { className: 'utrecht-alert--warning', Icon: TriangleAlert, word: 'Waarschuwing' },
  error: { className: 'utrecht-alert--error', Icon: CircleX, word: 'Fout' },
  success: { className: 'utrecht-alert--ok', Icon: CircleCheck, word: 'Gelukt' },
} as const;

export interface AlertProps {
  readonly kind: AlertKind;
  readonly title?: ReactNode;
  readonly children?: ReactNode;
  /** Whether it is read out when it appears: at once (`alert`), when there is time (`status`), or not. */
  readonly announce?: 'alert' | 'status' | 'off';
  readonly ref?: Ref<HTMLDivElement>;
}

/** A message that stands out: by icon and word, not by colour alone. */
export function Alert({ kind, title, children, announce = kind === 'error' ? 'alert' : 'status', ref }: AlertProps) {
  const { className, Icon, word } = kinds[kind];
  return (
    <div ref={ref} tabIndex={-1} role={announce === 'off' ? undefined : announce} className={`utrecht-alert ${className}`}>
      <div className="utrecht-alert__icon"><Icon aria-hidden="true" size={24} /></div>
      <div className="utrecht-alert__content">
        <div className="utrecht-alert__message">
          <p className="anw-alert-title">{title ?? word}</p>
          {children !== undefined && <div>{children}</div>}
        </div>
      </div>
    </div>
  );
}
