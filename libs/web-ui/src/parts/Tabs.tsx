import { type KeyboardEvent, type ReactNode, useId, useState } from 'react';

export interface Tab {
  readonly key: string;
  readonly label: ReactNode;
  readonly content: ReactNode;
}

export interface TabsProps {
  /** What the tabs are a choice of. */
  readonly label: string;
  readonly tabs: readonly Tab[];
  /** Which tab is shown; left out: the tabs remember it themselves. */
  readonly selected?: string;
  readonly onSelect?: (key: string) => void;
}

/** Panels of which one shows; arrow keys walk along the tabs (WAI-ARIA APG, tabs). */
export function Tabs({ label, tabs, selected, onSelect }: TabsProps) {
  const id = useId();
  const [own, setOwn] = useState(tabs[0]?.key);
  const current = tabs.find(({ key }) => key === (selected ?? own)) ?? tabs[0];
  const select = (key: string) => {
    setOwn(key);
    onSelect?.(key);
  };
  const walk = (event: KeyboardEvent<HTMLDivElement>) => {
    const at = tabs.findIndex((tab) => tab === current);
    const next = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    const { key } = tabs[(next + tabs.length) % tabs.length]!;
    select(key);
    document.getElementById(`${id}-${key}`)?.focus();
  };
  if (current === undefined) return null;
  return (
    <div className="anw-tabs">
      <div role="tablist" aria-label={label} className="anw-tab-list" onKeyDown={walk}>
        {tabs.map(({ key, label: name }) => (
          <button key={key} type="button" role="tab" id={`${id}-${key}`} aria-selected={key === current.key} aria-controls={`${id}-panel`} tabIndex={key === current.key ? 0 : -1} className="anw-tab" onClick={() => select(key)}>
            {name}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${current.key}`} tabIndex={0}>{current.content}</div>
    </div>
  );
}
