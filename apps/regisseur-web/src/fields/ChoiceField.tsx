import { useId } from 'react';

interface ChoiceFieldProps<Value extends string> {
  readonly label: string;
  readonly value: Value | undefined;
  readonly choices: readonly { readonly value: Value; readonly words: string }[];
  readonly onChoose: (value: Value) => void;
  readonly problem?: string | undefined;
  /** Its first choice gets the focus when it appears. */
  readonly autoFocus?: boolean;
}

/** A few choices side by side, of which one holds; arrows choose. */
export function ChoiceField<Value extends string>({ label, value, choices, onChoose, problem, autoFocus = false }: ChoiceFieldProps<Value>) {
  const id = useId();
  return (
    <fieldset className={`anw-fieldset${problem === undefined ? '' : ' utrecht-form-field--invalid'}`} aria-describedby={problem === undefined ? undefined : `${id}-problem`}>
      <legend className="utrecht-form-label">{label}</legend>
      {problem !== undefined && (
        <div className="utrecht-form-field-description utrecht-form-field-description--invalid" id={`${id}-problem`} role="alert">
          {problem}
        </div>
      )}
      <div className="anw-choices">
        {choices.map((choice, index) => (
          <label key={choice.value} className="anw-choice">
            <input type="radio" className="utrecht-radio-button utrecht-radio-button--html-input" name={id} value={choice.value} checked={choice.value === value} onChange={() => onChoose(choice.value)} autoFocus={autoFocus && index === 0} />
            <span>{choice.words}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
