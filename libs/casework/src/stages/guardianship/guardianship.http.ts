/** Bodies of the guardianship commands: shape and classification of every field. The guardian stands in the path. */
import { InClear, Personal } from '#kernel';
import { Code, EmptyBody, Optional, OrganisationId, Words } from '../../shared/fields.http.js';
import { GUARDIAN_TYPES } from './guardianship.js';
import type { AppointGuardian, FlagGuardianConflict, GuardianType } from './guardianship.js';

export class AppointGuardianBody implements AppointGuardian {
  @InClear() @Code(GUARDIAN_TYPES) type!: GuardianType;
  @InClear() @Optional() @OrganisationId() organisation?: string;
  @Personal('identity') @Optional() @Words(200) name?: Personal<string, 'identity'>;
  @Personal('contact') @Optional() @Words(400) contact?: Personal<string, 'contact'>;
  @Personal('evidence') @Optional() @Words(2_000) mandate?: Personal<string, 'evidence'>;
}

export class FlagGuardianConflictBody implements Omit<FlagGuardianConflict, 'guardianId'> {
  @Personal('narrative') @Words(4_000) suspicion!: Personal<string, 'narrative'>;
}

export class ReplaceGuardianBody extends AppointGuardianBody {}

export class RecordMajorityBody extends EmptyBody {}
