import { Navigate, useParams } from 'react-router';
import { useState } from 'react';

/** Gives a new entry its id: in the address, so that a reload and the back button find it again. */
export function NewEntry() {
  const { visit = '', kind = '' } = useParams();
  const [id] = useState(() => crypto.randomUUID());
  return <Navigate to={`/bezoek/${visit}/schrijven/${kind}/${id}`} replace />;
}
