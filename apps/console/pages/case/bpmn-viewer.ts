import 'bpmn-js/dist/assets/diagram-js.css';
import Viewer from 'bpmn-js/lib/NavigatedViewer';

export default Viewer;
