/** Props of {@link DoctorSection}. */
export interface DoctorSectionProps {
  readonly accountId: string;
}

/** The connection doctor of one account. */
export function DoctorSection(_props: DoctorSectionProps) {
  return null;
}
