// docs/workflow.md: the tables that the service executes.
import { workflowPage } from '#casework/nest';

export default () => ({ 'docs/workflow.md': workflowPage() });
