import { describe, expect, test } from 'vitest';
import { compile, revive } from './compile.ts';
import { definitionsOf, file, flows, issuesOf, NOW, Play, play, process, user } from './fixture.ts';

const catcher = (definition: string): string => process(`<intermediateCatchEvent id="c">${definition}</intermediateCatchEvent>`, 's>c, c>e');
const loop = (attributes: string, inner = ''): string => process(user('t', '', `<multiInstanceLoopCharacteristics ${attributes}>${inner}</multiInstanceLoopCharacteristics>`), 's>t, t>e');

/** What can't be run, the element named in the refusal and its rule. */
const REFUSED: Record<string, [xml: string, element: string, rule: string]> = {
  'a process without a start': [file(`<process id="p" isExecutable="true">${user('t')}<endEvent id="e"/>${flows('t>e')}</process>`), 'p', 'start.missing'],
  'two plain starts': [process('<startEvent id="s2"/>', 's>e, s2>e'), 'p', 'start.several'],
  'no executable process': [file('<process id="p"><startEvent id="s"/></process>'), '', 'process.missing'],
  'a complex gateway': [process('<complexGateway id="g"/>', 's>g, g>e'), 'g', 'element.unsupported'],
  'an ad-hoc sub-process': [process(`<adHocSubProcess id="a">${user('t')}</adHocSubProcess>`, 's>a, a>e'), 'a', 'element.unsupported'],
  'a flow that leads nowhere': [process(user('t'), 's>t, t>e').replace('</process>', '<sequenceFlow id="x" sourceRef="t" targetRef="gone"/></process>'), 'x', 'xml'],
  'a task that nothing reaches': [process(user('t'), 's>e, t>e'), 't', 'flow.unreached'],
  'a loop apart from every start': [process(user('t') + user('u'), 's>e, t>u, u>t'), 't', 'flow.unreached'],
  'a flow across the border of a sub-process': [process(`<subProcess id="sub"><startEvent id="a"/>${user('t')}${flows('a>t, t>e')}</subProcess>`, 's>sub, sub>e'), 't_e', 'flow.scope'],
  'a start with a flow into it': [process(user('t'), 's>t, t>s'), 's', 'flow.into'],
  'an exclusive flow with neither condition nor default': [process('<exclusiveGateway id="g"/><endEvent id="e2"/>', 's>g, g>e{x}, g>e2'), 'g_e2', 'gateway.condition'],
  'a condition after a parallel gateway': [process('<parallelGateway id="g"/><endEvent id="e2"/>', 's>g, g>e{x}, g>e2'), 'g_e', 'gateway.condition'],
  'an event gateway that leads to a task': [process(`<eventBasedGateway id="g"/>${user('t')}${user('u')}`, 's>g, g>t, g>u, t>e, u>e'), 't', 'gateway.events'],
  'an instantiating event gateway': [process(`<eventBasedGateway id="g" instantiate="true"/>${user('t')}${user('u')}`, 's>g, g>t, g>u, t>e, u>e'), 'g', 'attribute.unsupported'],
  'a condition that is no FEEL': [process('<exclusiveGateway id="g" default="g_e2"/><endEvent id="e2"/>', 's>g, g>e{x + }, g>e2'), 'g_e', 'feel'],
  'the machine clock in FEEL': [process('<scriptTask id="t" zhengwu:resultVariable="x"><script>now()</script></scriptTask>', 's>t, t>e'), 't', 'feel'],
  'a script in another language': [process('<scriptTask id="t" scriptFormat="javascript"><script>1</script></scriptTask>', 's>t, t>e'), 't', 'script.format'],
  'a service without operation': [process('<serviceTask id="t"/>', 's>t, t>e'), 't', 'reference.missing'],
  'a rule without decision': [process('<businessRuleTask id="t"/>', 's>t, t>e'), 't', 'reference.missing'],
  'a call without a callee': [process('<callActivity id="t"/>', 's>t, t>e'), 't', 'reference.missing'],
  'a message event without message': [catcher('<messageEventDefinition/>'), 'c', 'reference.missing'],
  'a message reference that dangles': [catcher('<messageEventDefinition id="md" messageRef="gone"/>'), 'md', 'xml'],
  'a timer that says two things': [catcher('<timerEventDefinition><timeDuration>P1D</timeDuration><timeDate>2026-01-01T00:00:00Z</timeDate></timerEventDefinition>'), 'c', 'timer.one'],
  'a timer that says nothing': [catcher('<timerEventDefinition/>'), 'c', 'timer.one'],
  'a date without zone': [catcher('<timerEventDefinition><timeDate>2026-01-01T00:00:00</timeDate></timerEventDefinition>'), 'c', 'timer.text'],
  'a duration that is none': [catcher('<timerEventDefinition><timeDuration>5 days</timeDuration></timerEventDefinition>'), 'c', 'timer.text'],
  'several definitions on one event': [catcher('<terminateEventDefinition/><linkEventDefinition name="x"/>'), 'c', 'event.multiple'],
  'an error that is caught in mid-flow': [catcher('<errorEventDefinition/>'), 'c', 'event.kind'],
  'an error boundary beside the work': [process(`${user('t')}<boundaryEvent id="b" attachedToRef="t" cancelActivity="false"><errorEventDefinition/></boundaryEvent>`, 's>t, t>e, b>e'), 'b', 'event.interrupting'],
  'a link without its catch': [process('<intermediateThrowEvent id="l"><linkEventDefinition name="x"/></intermediateThrowEvent>', 's>l').replace('<endEvent id="e"/>', ''), 'l', 'link.target'],
  'a cancel outside a transaction': [process('<endEvent id="c"><cancelEventDefinition/></endEvent>', 's>c').replace('<endEvent id="e"/>', ''), 'c', 'cancel.transaction'],
  'a compensation boundary without handler': [process(`${user('t')}<boundaryEvent id="b" attachedToRef="t"><compensateEventDefinition/></boundaryEvent>`, 's>t, t>e'), 'b', 'compensation.handler'],
  'compensation that does not wait': [process('<intermediateThrowEvent id="c"><compensateEventDefinition id="cd" waitForCompletion="false"/></intermediateThrowEvent>', 's>c, c>e'), 'cd', 'attribute.unsupported'],
  'compensating what can not be undone': [process(`${user('t')}<intermediateThrowEvent id="c"><compensateEventDefinition activityRef="t"/></intermediateThrowEvent>`, 's>t, t>c, c>e'), 'c', 'compensation.activity'],
  'an event sub-process with a plain start': [process('<subProcess id="w" triggeredByEvent="true"><startEvent id="a"/></subProcess>', 's>e'), 'w', 'start.event'],
  'a multi-instance without elements': [loop('zhengwu:elementVariable="x"'), 't', 'loop.collection'],
  'a policy that is none': [loop('zhengwu:collection="x" zhengwu:policy="share:2"'), 't', 'loop.policy'],
  'a standard loop without condition': [process(user('t', '', '<standardLoopCharacteristics/>'), 's>t, t>e'), 't', 'loop.condition'],
  'a stage that is none': [process(user('t', 'zhengwu:stage="later"'), 's>t, t>e'), 't', 'task.stage'],
  'a kind that is none': [process(user('t', 'zhengwu:kind="boss"'), 's>t, t>e'), 't', 'task.kind'],
  'a limit that is none': [process(user('t', 'zhengwu:limit="soon"'), 's>t, t>e'), 't', 'task.limit'],
  'a mistyped attribute': [process(user('t', 'zhengwu:stagee="review"'), 's>t, t>e'), 't', 'xml'],
  'an attribute of another engine': [process(user('t', 'xmlns:camunda="http://camunda.org/schema/1.0/bpmn" camunda:assignee="x"'), 's>t, t>e'), 't', 'attribute.unknown'],
  'a start quantity': [process(user('t', 'startQuantity="2"'), 's>t, t>e'), 't', 'attribute.unsupported'],
  'data associations': [process(user('t', '', '<dataInputAssociation id="x"><sourceRef>d1</sourceRef></dataInputAssociation>') + '<dataObjectReference id="d1"/>', 's>t, t>e'), 't', 'attribute.unsupported'],
  'an incomplete mapping': [process(user('t', '', '<extensionElements><zhengwu:input name="x"/></extensionElements>'), 's>t, t>e'), 't', 'mapping.incomplete'],
  'two elements of one id': [process(user('t') + user('t'), 's>t, t>e'), 't', 'xml'],
};

describe('refused at load', () => {
  test.each(Object.entries(REFUSED))('%s', async (_, [xml, element, rule]) => {
    const { definitions, issues } = await compile(xml);
    expect(issues.map((issue) => `${issue.element} ${issue.rule}`)).toContain(`${element} ${rule}`);
    expect(definitions).toEqual([]);
    expect(issues.every(({ reason }) => reason.length > 5)).toBe(true);
  });

  test('text that is no BPMN', async () => {
    for (const text of ['', 'hello', '<a/>', '<definitions>']) {
      expect((await compile(text)).issues).not.toEqual([]);
      expect((await compile(text)).definitions).toEqual([]);
    }
  });

  test('what only documents or draws is no reason', async () => {
    const xml = process(`${user('t', '', '<documentation>how to</documentation>')}<dataObjectReference id="d1"/><textAnnotation id="n"><text>note</text></textAnnotation><association id="as" sourceRef="t" targetRef="n"/>`, 's>t, t>e');
    expect(await issuesOf(xml)).toEqual([]);
  });

  test('a definition survives storage as JSON', async () => {
    const [definition] = await definitionsOf(process(user('t'), 's>t, t>e'));
    const stored = revive(JSON.parse(JSON.stringify(definition)));
    expect(stored).toEqual(definition);
    expect(new Play([stored], { now: NOW }).do({ type: 'start' }).open).toEqual(['t']);
    expect(Object.isFrozen(stored.nodes[0])).toBe(true);
  });
});

describe('expressions that take long', () => {
  test('loops that are written out are refused; others are stopped and become an incident', async () => {
    const script = (text: string): string => process(`<scriptTask id="t" zhengwu:resultVariable="r"><script>${text}</script></scriptTask>`, 's>t, t>e');
    expect(await issuesOf(script('for i in 1..1000, j in 1..1000 return i'))).toMatchObject([{ element: 't', rule: 'feel', reason: expect.stringContaining('1000000 turns') }]);
    const run = await play(script('for i in 1..n, j in 1..n return i'), { n: 100_000 });
    expect(run.of('incident')).toMatchObject([{ element: 't', reason: expect.stringContaining('was stopped') }]);
    expect(run.state.s).toBe('running');
  });
});
