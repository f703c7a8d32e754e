import type { ResourceIssue } from '../../fhir-failure.js';
import { error } from './issue.js';
import type { Observation } from './structure/observation.js';
import type { WritableType } from './writable-type.js';
import type { WritableZib } from './writable-zib.js';
import type { WriteContext } from './write-context.js';
import type { Written } from './written.js';

const FUTURE_TOLERANCE_MILLISECONDS = 5 * 60 * 1_000;

/** What every write must keep, whichever zib it is: G8 (present), G13, G14 and D18 of spec anw-fhir-profiles §9.1. */
export function checkWritten(resource: Written, type: WritableType, zib: WritableZib, context: WriteContext): readonly ResourceIssue[] {
  return [...checkStatus(resource, zib), ...checkSubject(resource), ...checkTime(resource, type, context), ...checkIdentifier(resource)];
}

/** G14: "never `entered-in-error` at create". */
function checkStatus({ resourceType, status }: Written, { statuses = ['final'], wrongStatus }: WritableZib): readonly ResourceIssue[] {
  const at = `${resourceType}.status`;
  if (status === undefined) return [error('STATUS', 'required', 'De status ontbreekt.', at)];
  if (statuses.includes(status)) return [];
  return [wrongStatus ?? error('STATUS', 'business-rule', `Deze status wordt niet aangenomen; verwacht ${statuses.join(' of ')}.`, at)];
}

function checkSubject({ resourceType, subject }: Written): readonly ResourceIssue[] {
  return subject === undefined ? [error('VS-SUBJECT', 'required', 'De cliënt ontbreekt.', `${resourceType}.subject`)] : [];
}

/** G13 and vs-1: a moment, or a period whose both ends keep the same rules. */
function checkTime(resource: Written, { timeElement, momentsOf }: WritableType, context: WriteContext): readonly ResourceIssue[] {
  const at = `${resource.resourceType}.${timeElement}`;
  if (resource.resourceType === 'Observation' && hasTiming(resource)) return [error('VS-EFFECTIVE', 'structure', 'Gebruik een datum met tijd, of een periode.', at)];
  if ('effectivePeriod' in resource && resource.effectivePeriod !== undefined && resource.effectiveDateTime !== undefined) return [error('VS-EFFECTIVE', 'structure', 'Geef één tijdstip of één periode.', `${resource.resourceType}.effective`)];
  const moments = momentsOf(resource).filter((moment) => moment !== undefined);
  if (moments.length === 0) return [error('VS-EFFECTIVE', 'required', resource.resourceType === 'Observation' ? 'Datum en tijd van de meting ontbreken.' : 'Datum en tijd ontbreken.', at)];
  return distinctRules(moments.flatMap((moment) => checkMoment(moment, at, context)));
}

function hasTiming({ effectiveTiming, effectiveInstant }: Observation): boolean {
  return effectiveTiming !== undefined || effectiveInstant !== undefined;
}

function checkMoment(moment: string, at: string, { now, authorizedFrom }: WriteContext): readonly ResourceIssue[] {
  if (moment.length < 'yyyy-mm-dd'.length) return [error('VS-PRECISION', 'invariant', 'Geef ten minste dag, maand en jaar.', at)];
  if (!moment.includes('T')) return [error('VS-PRECISION', 'business-rule', 'Geef ook de tijd, met tijdzone.', at)];
  const date = new Date(moment);
  if (Number.isNaN(date.getTime())) return [error('VS-PRECISION', 'invalid', 'Deze datum bestaat niet.', at)];
  if (date.getTime() > now.getTime() + FUTURE_TOLERANCE_MILLISECONDS) return [error('VS-FUTURE', 'business-rule', 'Het tijdstip ligt in de toekomst.', at)];
  if (date < authorizedFrom) return [error('VS-BEFORE', 'business-rule', 'Het tijdstip ligt vóór het begin van de toestemming voor deze dienst.', at)];
  return [];
}

/** D18: the name of this write must be whole, and there is one. */
function checkIdentifier(resource: Written): readonly ResourceIssue[] {
  const at = `${resource.resourceType}.identifier`;
  const [only, ...others] = identifiersOf(resource);
  if (only === undefined) return [];
  if (others.length > 0) return [error('G16-IDENTIFIER', 'business-rule', 'Geef één kenmerk per bericht.', at)];
  const whole = only.system !== undefined && only.value !== undefined && only.value.length <= 255;
  return whole ? [] : [error('G16-IDENTIFIER', 'required', 'Het kenmerk heeft een systeem en een waarde nodig.', resource.resourceType === 'Composition' ? at : `${at}[0]`)];
}

/** `Composition.identifier` is one, everywhere else it is a list (FHIR R4). */
export function identifiersOf({ identifier }: Written): readonly { readonly system?: string | undefined; readonly value?: string | undefined }[] {
  if (identifier === undefined) return [];
  return Array.isArray(identifier) ? identifier : [identifier];
}

/** Start and end of one period break the same rule once. */
function distinctRules(issues: readonly ResourceIssue[]): readonly ResourceIssue[] {
  return [...new Map(issues.map((issue) => [issue.rule, issue])).values()];
}
