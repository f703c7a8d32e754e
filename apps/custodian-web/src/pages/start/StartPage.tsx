import { Card, LinkButton, PageTitle, useMe } from '@anw/web-ui';
import { custodianPages } from '../../custodian-pages.js';

/** What this person can do here. */
export function StartPage() {
  const { roles } = useMe();
  const mine = custodianPages.filter((page) => page.roles.some((role) => roles.includes(role)));
  return (
    <>
      <PageTitle>Overzicht</PageTitle>
      {mine.length === 0 && <p className="nl-paragraph">Uw functie heeft hier geen taken. Klopt dat niet, vraag dan de applicatiebeheerder om de juiste rol.</p>}
      {mine.map(({ to, label, purpose }) => (
        <Card key={to} title={label}>
          <p className="nl-paragraph">{purpose}</p>
          <LinkButton to={to} kind="primary">Openen</LinkButton>
        </Card>
      ))}
    </>
  );
}
