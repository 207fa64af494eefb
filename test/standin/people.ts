/** Somebody with an account at the stand-ins. */
export interface StandinPerson {
  readonly address: string;
  readonly displayName: string;
  /** A work account belongs to an organisation's tenant, a personal one to Microsoft's tenant for consumers. */
  readonly kind: 'personal' | 'work';
  /** What the account belongs to, as a person would say it. */
  readonly organisation: string;
  /** The user's id within the tenant, a GUID. */
  readonly oid: string;
  /** The tenant's id, a GUID. */
  readonly tid: string;
  /** May approve apps for the whole tenant. */
  readonly role?: 'administrator';
}

/**
 * The tenant of every personal account. Source: Microsoft's documentation of the `tid` claim
 * (https://learn.microsoft.com/entra/identity-platform/id-token-claims-reference).
 */
export const CONSUMERS_TENANT = '9188040d-6c67-4c5b-b112-36a304b66dad';

export const ada: StandinPerson = {
  address: 'ada@contoso.example',
  displayName: 'Ada Bergström',
  kind: 'work',
  organisation: 'Contoso',
  oid: '5e1f0a53-7c1d-4a53-9a0e-1d6a4c1f7b01',
  tid: '3d5c7f0e-2b64-4d0a-8c39-6a9de0b4c501',
};

export const lin: StandinPerson = {
  address: 'lin@fabrikam.example',
  displayName: '林薇 Lin Wei',
  kind: 'work',
  organisation: 'Fabrikam',
  oid: 'a84d2c66-0f3b-4b7e-b1c5-92f7e3d85c02',
  tid: 'c61b9e48-5f07-4f86-9d21-7be04a3f8e02',
};

export const sam: StandinPerson = {
  address: 'sam@home.example',
  displayName: 'Sam Okafor',
  kind: 'personal',
  organisation: 'Personal account',
  // Ids of personal accounts begin with zeros: the old account number fills only their second half.
  oid: '00000000-0000-0000-7c1e-5b20d94fae03',
  tid: CONSUMERS_TENANT,
};

/** Looks after Contoso's accounts; not one of the ready people. */
export const mira: StandinPerson = {
  address: 'mira@contoso.example',
  displayName: 'Mira Holm',
  kind: 'work',
  organisation: 'Contoso',
  oid: 'b7c1de42-90a8-4f6b-8f55-0c2a7d916b04',
  tid: ada.tid,
  role: 'administrator',
};

/** The three ready people of demo and tests. */
export const standinPeople: readonly StandinPerson[] = [ada, lin, sam];
