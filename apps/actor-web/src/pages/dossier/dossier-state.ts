import type { AccessGrant, AccessRefusal, DossierEvent, DossierGroup, DossierPatient, Party } from '@anw/api-contracts';

/** One custodian's record, as far as it came. */
export interface OpenDossier {
  readonly visit: string;
  readonly custodian: Party;
  readonly grant: AccessGrant;
  /** Her look before this one, ISO 8601. */
  readonly lookedAt?: string | undefined;
  readonly patient?: DossierPatient;
  /** By name. */
  readonly groups: Readonly<Record<string, DossierGroup>>;
  readonly refusal?: AccessRefusal;
  readonly fetched?: { readonly complete: boolean; readonly fetchedAt: string };
}

export interface DossierState {
  /** Undefined until the first word came. The asked one first. */
  readonly dossiers?: readonly OpenDossier[];
  readonly isFinished: boolean;
}

export const nothingYet: DossierState = { isFinished: false };

/** The state after an event of the stream. A stream that begins again begins anew, but keeps showing what it showed until something takes its place. */
export function afterEvent(state: DossierState, event: DossierEvent): DossierState {
  switch (event.type) {
    case 'opening':
      return { isFinished: false, dossiers: event.dossiers.map((opened) => reopened(opened, state)) };
    case 'patient':
      return withDossier(state, event.visit, (dossier) => ({ ...dossier, patient: event.patient }));
    case 'group':
      return withDossier(state, event.visit, (dossier) => ({ ...dossier, groups: { ...dossier.groups, [event.group.name]: event.group } }));
    case 'refused':
      return withDossier(state, event.visit, (dossier) => ({ ...dossier, refusal: event.refusal }));
    case 'fetched':
      return withDossier(state, event.visit, (dossier) => ({ ...dossier, fetched: { complete: event.complete, fetchedAt: event.fetchedAt } }));
    case 'finished':
      return { ...state, isFinished: true };
    default:
      return event satisfies never;
  }
}

/** The state after groups of one record were asked for again: the rest of it, and other records, stay as they are. */
export function afterRetry(state: DossierState, visit: string, event: DossierEvent): DossierState {
  if (event.type === 'group' && event.visit === visit) return afterEvent(state, event);
  if (event.type !== 'refused' || event.visit !== visit) return state;
  return withDossier(state, visit, (dossier) => ({ ...dossier, groups: Object.fromEntries(Object.entries(dossier.groups).map(([name, group]) => [name, group.state === 'failed' ? { ...group, message: event.refusal.message } : group])) }));
}

/** The access to a record was extended while it is open. */
export function afterExtension(state: DossierState, visit: string, period: AccessGrant['period']): DossierState {
  return withDossier(state, visit, (dossier) => ({ ...dossier, grant: { ...dossier.grant, period } }));
}

function reopened(opened: Extract<DossierEvent, { type: 'opening' }>['dossiers'][number], { dossiers = [] }: DossierState): OpenDossier {
  const shown = dossiers.find(({ visit }) => visit === opened.visit);
  return { ...opened, groups: shown?.groups ?? {}, ...(shown?.patient && { patient: shown.patient }) };
}

function withDossier(state: DossierState, visit: string, change: (dossier: OpenDossier) => OpenDossier): DossierState {
  return state.dossiers === undefined ? state : { ...state, dossiers: state.dossiers.map((dossier) => (dossier.visit === visit ? change(dossier) : dossier)) };
}
