/** What works without the service: whoever holds a bundle and a public key verifies with this. The service is `#audit/nest`. */
export * from './verifier/findings.js';
export * from './verifier/format.js';
export * from './verifier/merkle.js';
export { isSignedBy } from './verifier/signature.js';
export { type Held, type Receipt, type Report, verifyBundle } from './verifier/verify.js';
