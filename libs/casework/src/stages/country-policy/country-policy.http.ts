/** Body of the change of policy. */
import { InClear } from '#kernel';
import { Label } from '../../shared/fields.http.js';
import type { ChangeCasePolicy } from './country-policy.js';

export class ChangeCasePolicyBody implements ChangeCasePolicy {
  @InClear() @Label() version!: string;
}
