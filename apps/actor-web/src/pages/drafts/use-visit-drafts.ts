import { type DraftDetail, DraftList } from '@anw/api-contracts';
import { type ApiProblem, useAsk } from '@anw/web-ui';
import { type QueryKey, useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { DRAFTS_KEY, useRouteEvents } from '../../live/LiveRoute.js';
import { deviceVault, type KeptDraft, onCarried, onKeptChange } from '../../offline/index.js';

/** An entry of hers, as the server has it, as this device keeps it, or both. */
export interface VisitDraft {
  readonly id: string;
  readonly kind: string;
  readonly kept?: KeptDraft;
  readonly server?: DraftDetail;
}

export interface VisitDrafts {
  /** Newest first. */
  readonly drafts: readonly VisitDraft[];
  /** What this device keeps has been read. */
  readonly isRead: boolean;
  /** Without a connection what the server has is not known. */
  readonly query: UseQueryResult<DraftList, ApiProblem>;
}

export function draftsKey(visit: string): QueryKey {
  return [...DRAFTS_KEY, visit, 'drafts'];
}

/** What she wrote at a visit, wherever it is, live. */
export function useVisitDrafts(visit: string): VisitDrafts {
  const client = useQueryClient();
  const query = useAsk(draftsKey(visit), `/api/visits/${visit}/drafts`, DraftList);
  const kept = useKept(visit);
  const refresh = () => void client.invalidateQueries({ queryKey: draftsKey(visit) });
  useRouteEvents((event) => {
    if (event.type === 'draft-changed' && event.draft.visit === visit) refresh();
  });
  useEffect(() =>
    onCarried(({ draft, carried }) => {
      if (draft.visit !== visit || (carried.outcome !== 'saved' && carried.outcome !== 'taken')) return;
      const { detail } = carried;
      if (detail !== undefined) client.setQueryData<DraftList>(draftsKey(visit), (known) => withDetail(known, detail));
      void client.invalidateQueries({ queryKey: draftsKey(visit) });
    }), [client, visit]);
  return { drafts: merged(kept ?? [], query.data?.drafts ?? []), isRead: kept !== undefined, query };
}

/** Undefined until it was read. */
function useKept(visit: string): readonly KeptDraft[] | undefined {
  const [kept, setKept] = useState<readonly KeptDraft[]>();
  useEffect(() => {
    let isHere = true;
    const read = () => void deviceVault().then((vault) => vault.list(visit)).then((drafts) => isHere && setKept(drafts));
    read();
    const stop = onKeptChange((change) => (change === undefined || change.visit === visit) && read());
    return () => {
      isHere = false;
      stop();
    };
  }, [visit]);
  return kept;
}

function withDetail(known: DraftList | undefined, detail: DraftDetail): DraftList {
  const drafts = known?.drafts ?? [];
  return { drafts: drafts.some(({ id }) => id === detail.id) ? drafts.map((each) => (each.id === detail.id ? detail : each)) : [...drafts, detail] };
}

function merged(kept: readonly KeptDraft[], server: readonly DraftDetail[]): readonly VisitDraft[] {
  const here = kept.map((draft) => ({ id: draft.id, kind: draft.kind, kept: draft, at: draft.savedAt, ...serverOf(server, draft.id) }));
  const there = server.filter(({ id }) => !kept.some((draft) => draft.id === id)).map((detail) => ({ id: detail.id, kind: detail.kind, server: detail, at: detail.savedAt }));
  return [...here, ...there].sort((one, other) => other.at.localeCompare(one.at));
}

function serverOf(server: readonly DraftDetail[], id: string): Pick<VisitDraft, 'server'> {
  const found = server.find((detail) => detail.id === id);
  return found === undefined ? {} : { server: found };
}
