import { type AuthorizationView, DeskEvent } from '@anw/api-contracts';
import { announce, type Connection, useEvents } from '@anw/web-ui';
import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useRef } from 'react';

const ConnectionContext = createContext<Connection | undefined>(undefined);

/** What this tab heard live of the desk, and since when. */
export function useDeskConnection(): Connection | undefined {
  return useContext(ConnectionContext);
}

/** Keys of what the pages read, as events refresh them. */
export const deskKeys = {
  night: ['night'],
  handovers: ['handovers'],
  authorization: (id: string) => ['authorization', id],
} as const;

/** One stream for all pages of the tab: what changed is there at once, and what may have been missed is read again. */
export function DeskEvents({ children }: { readonly children: ReactNode }) {
  const client = useQueryClient();
  const rung = useRef(new Set<string>());
  const connection = useEvents('/api/events', DeskEvent, (event) => hear(event, client, rung.current), { onConnected: () => void client.invalidateQueries({ predicate: ({ queryKey }) => liveKeys.has(String(queryKey[0])) }) });
  return <ConnectionContext value={connection}>{children}</ConnectionContext>;
}

const liveKeys = new Set<string>(['night', 'handovers', 'authorization']);

function hear(event: DeskEvent, client: QueryClient, rung: Set<string>): void {
  switch (event.type) {
    case 'authorization':
      client.setQueryData(deskKeys.authorization(event.authorization.id), event.authorization);
      ring(event.authorization, rung);
      void client.invalidateQueries({ queryKey: deskKeys.night });
      return;
    case 'care-request':
      void client.invalidateQueries({ queryKey: deskKeys.night });
      return;
    case 'handover':
      void client.invalidateQueries({ queryKey: deskKeys.handovers });
      return;
  }
}

/** An alarm is said once, however often it is told. */
function ring({ id, alarm, practitioner }: AuthorizationView, rung: Set<string>): void {
  if (alarm === undefined || alarm.acknowledgedAt !== undefined || rung.has(id)) return;
  rung.add(id);
  announce(`Alarm: ${practitioner.name}. ${alarm.message}`);
}
