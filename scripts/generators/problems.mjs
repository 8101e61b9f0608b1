// docs/problems.md: every code that an answer can carry.
import { problemsPage } from '#platform';

export default () => ({ 'docs/problems.md': problemsPage() });
