import { CareRequestKind, type CareRequestState, type NightFilter, type NightView, Urgency } from '@anw/api-contracts';
import { useId, useRef } from 'react';
import { useShortcuts } from '../../keys/use-shortcuts.js';
import { Shortcut } from '../../keys/Shortcut.js';
import { careRequestWords, kindWords, urgencyWords } from '../../words/desk-words.js';

interface NightFiltersProps {
  readonly view: NightView;
  readonly filter: NightFilter;
  readonly text: string;
  readonly onNarrow: (change: NightFilter & { readonly zoek?: string }) => void;
}

const states = [
  ['open', 'open'],
  ['to-assign', 'toAssign'],
  ['assigned', 'assigned'],
  ['closed', 'closed'],
] as const satisfies readonly (readonly [CareRequestState, keyof NightView['counts']])[];

/** How much of each there is, which is also what the list is narrowed by; and a search by any word. */
export function NightFilters({ view, filter, text, onNarrow }: NightFiltersProps) {
  const search = useRef<HTMLInputElement>(null);
  useShortcuts({ 'alt+k': () => search.current?.focus() });
  const id = useId();
  return (
    <search className="night-filters" aria-label="Lijst beperken">
      <div className="night-counts" role="group" aria-label="Stand van de zorgvragen">
        {states.map(([state, count]) => (
          <button key={state} type="button" className="night-count" aria-pressed={filter.state === state} onClick={() => onNarrow({ state: filter.state === state ? undefined : state })}>
            <span className="night-count__number">{view.counts[count]}</span>
            <span>{careRequestWords[state]}</span>
          </button>
        ))}
      </div>
      <div className="night-filters__fields">
        <div className="anw-field night-filters__search">
          <label className="utrecht-form-label" htmlFor={id}>
            Zoeken op deze pagina
            <Shortcut keys="Alt K" />
          </label>
          <input id={id} ref={search} type="search" className="utrecht-textbox utrecht-textbox--html-input" aria-keyshortcuts="Alt+K" autoComplete="off" value={text} onChange={(event) => onNarrow({ zoek: event.target.value })} />
        </div>
        <FilterSelect label="Hoe snel" value={filter.urgency} choices={Urgency.options.toReversed().map((value) => ({ value, words: urgencyWords[value] }))} onChoose={(urgency) => onNarrow({ urgency })} />
        <FilterSelect label="Soort" value={filter.kind} choices={CareRequestKind.options.map((value) => ({ value, words: kindWords[value] }))} onChoose={(kind) => onNarrow({ kind })} />
        <FilterSelect label="Zorgorganisatie" value={filter.actor} choices={actorsOf(view, filter.actor)} onChoose={(actor) => onNarrow({ actor })} />
      </div>
    </search>
  );
}

interface FilterSelectProps<Value extends string> {
  readonly label: string;
  readonly value: Value | undefined;
  readonly choices: readonly { readonly value: Value; readonly words: string }[];
  readonly onChoose: (value: Value | undefined) => void;
}

function FilterSelect<Value extends string>({ label, value, choices, onChoose }: FilterSelectProps<Value>) {
  const id = useId();
  return (
    <div className="anw-field">
      <label className="utrecht-form-label" htmlFor={id}>
        {label}
      </label>
      <select id={id} className="utrecht-select utrecht-select--html-select" value={value ?? ''} onChange={(event) => onChoose(choices.find((choice) => choice.value === event.target.value)?.value)}>
        <option value="">Alle</option>
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.words}
          </option>
        ))}
      </select>
    </div>
  );
}

/** Organisations that have somebody on duty or on the way; the chosen one stays, also when nothing of it is left. */
function actorsOf({ lanes }: NightView, chosen: string | undefined) {
  const names = new Map<string, string>(lanes.map(({ actor }) => [actor.did, actor.name]));
  if (chosen !== undefined && !names.has(chosen)) names.set(chosen, 'Gekozen organisatie');
  return [...names].map(([value, words]) => ({ value, words })).sort((one, other) => one.words.localeCompare(other.words, 'nl'));
}
