const attributes = (names: string): object[] => names.split(' ').map((name) => ({ name, isAttr: true, type: 'String' }));

/** The `zhengwu` namespace as a moddle package: what a process says beyond BPMN 2.0. Expressions are FEEL. */
export const extension = {
  name: 'Zhengwu',
  prefix: 'zhengwu',
  uri: 'http://zhengwu.example/bpmn',
  xml: { tagAlias: 'lowerCase' },
  types: [
    {
      name: 'ActivityAttributes',
      extends: ['bpmn:Activity'],
      properties: attributes('stage kind department post outcomes outcomeVariable limit form operation decision resultVariable policy'),
    },
    {
      name: 'LoopAttributes',
      extends: ['bpmn:MultiInstanceLoopCharacteristics'],
      properties: attributes('collection elementVariable outputCollection outputElement policy'),
    },
    { name: 'MessageAttributes', extends: ['bpmn:Message'], properties: attributes('correlation') },
    { name: 'TimerAttributes', extends: ['bpmn:TimerEventDefinition'], properties: attributes('workingDays') },
    { name: 'ErrorAttributes', extends: ['bpmn:ErrorEventDefinition'], properties: attributes('codeVariable') },
    { name: 'EscalationAttributes', extends: ['bpmn:EscalationEventDefinition'], properties: attributes('codeVariable') },
    { name: 'Input', superClass: ['Element'], properties: attributes('name expression') },
    { name: 'Output', superClass: ['Element'], properties: attributes('name expression') },
  ],
};
