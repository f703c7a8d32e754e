import type { ResourceIssue } from '../../fhir-failure.js';
import { error } from './issue.js';
import type { Observation } from './structure/observation.js';
import type { WriteContext } from './write-context.js';

const FUTURE_TOLERANCE_MILLISECONDS = 5 * 60 * 1_000;

/** What every written Observation must keep, whichever zib it is: G8 (present), G9, G13, G14 of spec anw-fhir-profiles §9.1. */
export function checkObservation(observation: Observation, context: WriteContext): readonly ResourceIssue[] {
  return [...checkStatus(observation), ...checkSubject(observation), ...checkReferences(observation), ...checkEffective(observation, context), ...checkIdentifier(observation)];
}

/** G14: "`final` (measurement, report); never `entered-in-error` at create". */
function checkStatus({ status }: Observation): readonly ResourceIssue[] {
  if (status === undefined) return [error('STATUS', 'required', 'De status ontbreekt.', 'Observation.status')];
  return status === 'final' ? [] : [error('STATUS', 'business-rule', 'Alleen de status final wordt aangenomen.', 'Observation.status')];
}

function checkSubject({ subject }: Observation): readonly ResourceIssue[] {
  return subject === undefined ? [error('VS-SUBJECT', 'required', 'De cliënt ontbreekt.', 'Observation.subject')] : [];
}

const referring = ['basedOn', 'partOf', 'focus', 'encounter', 'specimen', 'device', 'hasMember', 'derivedFrom'] as const;

/** G9: neither a measurement nor a report has a reference that must resolve here, so none is taken. */
function checkReferences(observation: Observation): readonly ResourceIssue[] {
  const referringNotes = (observation.note ?? []).flatMap((note, index) => (note.authorReference === undefined ? [] : [`note[${index}].author`]));
  const found = [...referring.filter((element) => observation[element] !== undefined), ...referringNotes];
  return found.map((element) => error('G9-REFERENCE', 'business-rule', 'Een verwijzing naar een ander gegeven wordt hier niet aangenomen.', `Observation.${element}`));
}

/** G13 and vs-1: a moment, or a period whose both ends keep the same rules. */
function checkEffective(observation: Observation, context: WriteContext): readonly ResourceIssue[] {
  const { effectiveDateTime, effectivePeriod, effectiveTiming, effectiveInstant } = observation;
  if (effectiveTiming !== undefined || effectiveInstant !== undefined) return [error('VS-EFFECTIVE', 'structure', 'Gebruik een datum met tijd, of een periode.', 'Observation.effective')];
  if (effectiveDateTime !== undefined && effectivePeriod !== undefined) return [error('VS-EFFECTIVE', 'structure', 'Geef één tijdstip of één periode.', 'Observation.effective')];
  const moments = [effectiveDateTime, effectivePeriod?.start, effectivePeriod?.end].filter((moment) => moment !== undefined);
  if (moments.length === 0) return [error('VS-EFFECTIVE', 'required', 'Datum en tijd van de meting ontbreken.', 'Observation.effective')];
  return distinctRules(moments.flatMap((moment) => checkMoment(moment, context)));
}

function checkMoment(moment: string, { now, authorizedFrom }: WriteContext): readonly ResourceIssue[] {
  if (moment.length < 'yyyy-mm-dd'.length) return [error('VS-PRECISION', 'invariant', 'Geef ten minste dag, maand en jaar.', 'Observation.effective')];
  if (!moment.includes('T')) return [error('VS-PRECISION', 'business-rule', 'Geef ook de tijd, met tijdzone.', 'Observation.effective')];
  const at = new Date(moment);
  if (Number.isNaN(at.getTime())) return [error('VS-PRECISION', 'invalid', 'Deze datum bestaat niet.', 'Observation.effective')];
  if (at.getTime() > now.getTime() + FUTURE_TOLERANCE_MILLISECONDS) return [error('VS-FUTURE', 'business-rule', 'De meting ligt in de toekomst.', 'Observation.effective')];
  if (at < authorizedFrom) return [error('VS-BEFORE', 'business-rule', 'De meting ligt vóór het begin van de toestemming voor deze dienst.', 'Observation.effective')];
  return [];
}

/** D18: the name of this write must be whole, and there is one. */
function checkIdentifier({ identifier }: Observation): readonly ResourceIssue[] {
  if (identifier === undefined) return [];
  const [only, ...others] = identifier;
  if (others.length > 0) return [error('G16-IDENTIFIER', 'business-rule', 'Geef één kenmerk per bericht.', 'Observation.identifier')];
  const whole = only?.system !== undefined && only.value !== undefined && only.value.length <= 255;
  return whole ? [] : [error('G16-IDENTIFIER', 'required', 'Het kenmerk heeft een systeem en een waarde nodig.', 'Observation.identifier[0]')];
}

/** Start and end of one period break the same rule once. */
function distinctRules(issues: readonly ResourceIssue[]): readonly ResourceIssue[] {
  return [...new Map(issues.map((issue) => [issue.rule, issue])).values()];
}
