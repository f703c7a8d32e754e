import { type NightFilter, NightView } from '@anw/api-contracts';
import { LinkButton, PageTitle, QueryFaces, Tabs, useAsk } from '@anw/web-ui';
import { keepPreviousData } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import { deskKeys } from '../../events/DeskEvents.js';
import { Shortcut } from '../../keys/Shortcut.js';
import { filterCareRequests } from './filter-care-requests.js';
import { Neighbours } from './Neighbours.js';
import { NightAlarms } from './NightAlarms.js';
import { NightFilters } from './NightFilters.js';
import { NightList } from './NightList.js';
import { NightTimeline } from './NightTimeline.js';
import { filterOf, nightPath } from './night-filter.js';
import './night.css';

/** The night at a glance: what rings on top, then everything that came in, as a list or along the hours. */
export function NightPage() {
  const [query, setQuery] = useSearchParams();
  const filter = filterOf(query);
  const text = query.get('zoek') ?? '';
  const night = useAsk([...deskKeys.night, filter], nightPath(filter), NightView, { placeholderData: keepPreviousData, refetchInterval: 60_000 });
  const narrow = (change: NightFilter & { readonly zoek?: string; readonly beeld?: string }) =>
    setQuery(
      (known) => {
        const next = new URLSearchParams(known);
        for (const [name, value] of Object.entries(change)) {
          if (value === undefined || value === '') next.delete(name);
          else next.set(name, value);
        }
        return next;
      },
      { replace: true },
    );
  return (
    <>
      <PageTitle
        aside={
          <LinkButton to="/melding" kind="primary" aria-keyshortcuts="Alt+N">
            Nieuwe melding
            <Shortcut keys="Alt N" />
          </LinkButton>
        }
      >
        Vannacht
      </PageTitle>
      <QueryFaces query={night} what="de nacht">
        {(view) => (
          <>
            <NightAlarms alarms={view.alarms} />
            <NightFilters view={view} filter={filter} text={text} onNarrow={narrow} />
            <Tabs
              label="Beeld van de nacht"
              selected={query.get('beeld') ?? 'lijst'}
              onSelect={(beeld) => narrow({ beeld: beeld === 'lijst' ? undefined : beeld })}
              tabs={[
                { key: 'lijst', label: 'Lijst', content: <NightList careRequests={filterCareRequests(view.careRequests, text)} isNarrowed={text !== '' || Object.keys(filter).length > 0} onAll={() => setQuery({}, { replace: true })} /> },
                { key: 'tijdlijn', label: 'Tijdlijn', content: <NightTimeline view={view} text={text} /> },
                { key: 'anderen', label: 'Andere regisseurs', content: <Neighbours /> },
              ]}
            />
          </>
        )}
      </QueryFaces>
    </>
  );
}
