import { LogOptions } from '@anw/api-contracts';
import { PageTitle, QueryFaces, RequireRole, useAsk } from '@anw/web-ui';
import { useSearchParams } from 'react-router';
import { OFFICER } from '../../words/roles.js';
import { ChainCheck } from './ChainCheck.js';
import { type LogChoice, readChoice, toParameters } from './log-choice.js';
import { LogFilter } from './LogFilter.js';
import { LogResult } from './LogResult.js';
import './log.css';

/** The NEN 7513 log, for the privacy officer. What she asked stands in the address, so that back and reload work. */
export function LogPage() {
  return <RequireRole roles={OFFICER}><Log /></RequireRole>;
}

function Log() {
  const [parameters, setParameters] = useSearchParams();
  const options = useAsk(['log', 'options'], '/api/log/options', LogOptions, { staleTime: Infinity });
  const choice = readChoice(parameters);
  const page = parameters.get('page') ?? undefined;
  const search = (next: LogChoice) => setParameters(toParameters(next));
  return (
    <>
      <PageTitle>Logboek</PageTitle>
      <QueryFaces query={options} what="de keuzes">{(known) => <LogFilter options={known} choice={choice} onSearch={search} />}</QueryFaces>
      {!options.isPending && <ChainCheck />}
      {choice.purpose !== '' && <LogResult choice={choice} page={page} onPage={(next) => setParameters({ ...toParameters(choice), ...(next !== undefined && { page: next }) })} />}
    </>
  );
}
