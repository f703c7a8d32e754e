import { DecisionTreeList, DecisionTreeView, type TreeState } from '@anw/api-contracts';
import { formatInstant, PageTitle, QueryFaces, Tabs, useAsk } from '@anw/web-ui';
import { useId } from 'react';
import { useSearchParams } from 'react-router';
import { TreeOutline } from './TreeOutline.js';
import { TryTree } from './TryTree.js';
import './decision-tree.css';

const stateWords: Readonly<Record<TreeState, string>> = { draft: 'concept', published: 'in gebruik', retired: 'niet meer in gebruik' };

/** The questions of the region, version by version, to read and to try; the region keeps them elsewhere. */
export function DecisionTreePage() {
  const versions = useAsk(['decision-trees'], '/api/decision-trees', DecisionTreeList);
  const [query, setQuery] = useSearchParams();
  return (
    <>
      <PageTitle>Beslisboom</PageTitle>
      <QueryFaces query={versions} what="de beslisbomen" isEmpty={(list) => list.versions.length === 0} empty="De regio heeft nog geen beslisboom.">
        {(list) => {
          const asked = Number(query.get('versie'));
          const chosen = list.versions.find(({ version }) => version === asked) ?? list.versions.find(({ state }) => state === 'published') ?? list.versions[0];
          return (
            chosen && (
              <>
                <ChooseVersion list={list} chosen={chosen.version} onChoose={(version) => setQuery({ versie: String(version) })} />
                <Version key={chosen.version} version={chosen.version} />
              </>
            )
          );
        }}
      </QueryFaces>
    </>
  );
}

function ChooseVersion({ list, chosen, onChoose }: { readonly list: DecisionTreeList; readonly chosen: number; readonly onChoose: (version: number) => void }) {
  const id = useId();
  return (
    <div className="anw-field tree-version">
      <label className="utrecht-form-label" htmlFor={id}>
        Versie
      </label>
      <select id={id} className="utrecht-select utrecht-select--html-select" value={chosen} onChange={(event) => onChoose(Number(event.target.value))}>
        {list.versions.map(({ version, title, state }) => (
          <option key={version} value={version}>
            {version}: {title} ({stateWords[state]})
          </option>
        ))}
      </select>
    </div>
  );
}

function Version({ version }: { readonly version: number }) {
  const query = useAsk(['decision-trees', version], `/api/decision-trees/${version}`, DecisionTreeView, { staleTime: 60_000 });
  return (
    <QueryFaces query={query} what="de vragen">
      {({ tree, state, createdAt, createdBy, publishedAt, publishedBy }) => (
        <>
          <p>
            Versie {version}, {stateWords[state]}. Gemaakt: {formatInstant(createdAt)}, door {createdBy}
            {publishedAt !== undefined && `. In gebruik genomen: ${formatInstant(publishedAt)}, door ${publishedBy ?? 'onbekend'}`}.
          </p>
          <Tabs
            label="Lezen of proberen"
            tabs={[
              { key: 'lezen', label: 'Lezen', content: <TreeOutline tree={tree} /> },
              { key: 'proberen', label: 'Proberen', content: <TryTree version={version} tree={tree} /> },
            ]}
          />
        </>
      )}
    </QueryFaces>
  );
}
