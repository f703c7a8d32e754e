import { Card, Form, TextField, useAnwForm } from '@anw/web-ui';
import { useNavigate } from 'react-router';

const LONGEST = 200;

export function ReferenceForm({ reference }: { readonly reference: string | undefined }) {
  const form = useAnwForm({ defaultValues: { reference: reference ?? '' } });
  const navigate = useNavigate();
  return (
    <Card>
      <Form form={form} submitLabel="Opzoeken" onSubmit={async (values) => void (await navigate(`/weigering/${encodeURIComponent(values.reference.trim().slice(0, LONGEST))}`))}>
        <TextField name="reference" label="Referentie" hint="Het kenmerk dat de medewerker op haar scherm zag. U mag de hele zin plakken; hoofdletters en spaties maken niet uit. Dat u dit opzoekt, komt in het logboek." required type="search" maxLength={LONGEST} autoFocus={reference === undefined} />
      </Form>
    </Card>
  );
}
