/** Notices, tags, lists, tables, timeline, licence card, empty states. */
export const content = `
.notice{border-left:6px solid var(--blue);background:var(--blue-tint);padding:var(--s4) var(--s5);margin:0 0 var(--s5);border-radius:0 var(--radius) var(--radius) 0;max-width:50rem}
.notice>:last-child{margin-bottom:0}
.notice h2{margin:0 0 var(--s1);font-size:var(--h3)}
.notice.good{border-color:var(--green);background:var(--green-tint)}
.notice.warn{border-color:var(--amber);background:var(--amber-tint)}
.notice.bad{border-color:var(--red);background:var(--red-tint);padding-left:var(--s5)}
.panel{background:var(--green-tint);border:1px solid var(--green);border-radius:var(--radius);padding:var(--s6) var(--s5);margin:0 0 var(--s6);text-align:center}
.panel h1{margin-bottom:var(--s3)}
.panel .number{font-size:clamp(1.15rem,5.2vw,1.7rem);font-weight:650;letter-spacing:.02em}
.tag{display:inline-block;font-size:var(--small);line-height:1.5;padding:0 .6em;border-radius:var(--radius);background:var(--blue-tint);color:var(--blue-dark);white-space:nowrap}
.tag.good{background:var(--green-tint);color:var(--green)}
.tag.warn{background:var(--amber-tint);color:var(--amber)}
.tag.bad{background:var(--red-tint);color:var(--red)}
.tag.soft{background:var(--mist);color:var(--ink-soft)}
.card{display:block;border:1px solid var(--line);border-radius:var(--radius);padding:var(--s5);background:var(--paper)}
.card>:last-child{margin-bottom:0}
.card+.card{margin-top:var(--s5)}.grid>.card{margin:0}
.card h2,.card h3{margin-top:0}
a.card{color:var(--ink);text-decoration:none}
a.card strong{color:var(--blue);display:block;font-size:1.05em}
a.card:hover{border-color:var(--blue);background:var(--blue-tint)}
a.card:focus-visible{color:var(--focus-ink)}
a.card:focus-visible *{color:inherit}
.list{list-style:none;padding:0;margin:0;border-top:1px solid var(--line)}
.list>li{border-bottom:1px solid var(--line);margin:0;padding:var(--s4) 0}
.bar .number{white-space:nowrap}
@media(min-width:40rem){.list>.row{flex-wrap:nowrap}.list>.row>:first-child{flex:1;min-width:0}.list>.row>:not(:first-child){flex:none}}
.list .title{font-weight:600;display:inline-flex;align-items:center;min-height:var(--target)}
.list p{margin:0 0 var(--s1)}
.tasks{list-style:none;padding:0;margin:0 0 var(--s5);border-top:1px solid var(--line)}
.tasks li{margin:0;position:relative;display:flex;gap:var(--s4);justify-content:space-between;align-items:center;border-bottom:1px solid var(--line);padding:var(--s3) var(--s2);min-height:calc(var(--target) + .75rem)}
.tasks li:hover{background:var(--blue-tint)}
.tasks a::after{content:"";position:absolute;inset:0}
.tasks .hint{display:block;font-size:var(--small);margin:0}
.tasks>li>span:last-child{flex:none;text-align:right}
.summary{margin:0 0 var(--s5);border-top:1px solid var(--line)}
.summary>div{display:grid;grid-template-columns:minmax(0,1fr);gap:0 var(--s5);border-bottom:1px solid var(--line);padding:var(--s3) 0}
.summary dt{font-weight:600}
.summary dd{margin:0;white-space:pre-line}
.summary dd.change a{display:inline-flex;align-items:center;min-height:var(--target)}
@media(min-width:40rem){.summary>div{grid-template-columns:minmax(8em,3fr) 6fr auto}.summary dd.change{text-align:right}.summary dd.change a{min-height:0;padding:.45rem 0;margin:-.45rem 0}html.elder .summary dd.change a{min-height:var(--target);margin:-.9rem 0}}
.timeline{list-style:none;padding:0;margin:0}
.timeline li{position:relative;padding:0 0 var(--s5) var(--s6);margin:0}
.timeline li::before{content:"";position:absolute;left:0;top:.5em;width:1rem;height:1rem;border-radius:50%;border:3px solid var(--blue);background:var(--paper)}
.timeline li:first-child::before{background:var(--blue)}
.timeline li:not(:last-child)::after{content:"";position:absolute;left:calc(.5rem - 1px);top:calc(.5em + 1rem);bottom:-.5em;width:2px;background:var(--line)}
.timeline time{display:block;color:var(--ink-soft);font-size:var(--small)}
.timeline p{margin:0}
.scroll{overflow-x:auto;margin:0 0 var(--s5)}
table{border-collapse:collapse;width:100%;text-align:left}
caption{text-align:left;font-weight:600;padding:0 0 var(--s2)}
th,td{padding:var(--s3) var(--s4) var(--s3) 0;border-bottom:1px solid var(--line);vertical-align:top}
thead th{border-bottom:2px solid var(--blue-deep);white-space:nowrap}
td.number,th.number{text-align:right;white-space:nowrap}
.pages{display:flex;gap:var(--s4);justify-content:space-between;margin:var(--s5) 0}
.pages a{min-height:var(--target);display:inline-flex;align-items:center}
.empty{border:2px dashed var(--line);border-radius:var(--radius);padding:var(--s6) var(--s5);text-align:center;color:var(--ink-soft)}
.empty p:last-child{margin:0}
@media(max-width:59.9rem){.onpage{display:none}}html.elder .onpage{display:none}
.contents{list-style:none;padding:0;border-left:2px solid var(--line)}
.contents li{margin:0}
.contents a{display:flex;align-items:center;min-height:var(--target);padding-left:var(--s4);text-decoration:none}
.contents a:hover{text-decoration:underline}
.facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(9rem,1fr));gap:1px;background:var(--line);border:1px solid var(--line);border-radius:var(--radius);margin:0 0 var(--s6);overflow:hidden}
.facts>div{background:var(--paper);padding:var(--s3) var(--s4)}
.facts dt{font-size:var(--small);color:var(--ink-soft)}
.facts dd{margin:0;font-size:1.25em;font-weight:650;line-height:1.4}
.next{border:2px solid var(--blue);border-radius:var(--radius);padding:var(--s5);margin:0 0 var(--s6)}
.next h2{margin:0 0 var(--s2);font-size:var(--h3)}
.next p{margin:0 0 var(--s2)}
.next>:last-child{margin-bottom:0}
.qr{display:block;width:9.5rem;height:9.5rem;background:#fff;padding:.25rem;margin:0 auto}
.licence{position:relative;overflow:hidden;border:1px solid var(--border);border-radius:12px;background:linear-gradient(160deg,#f8fbfe,#e9f1f8);padding:var(--s5) var(--s6);max-width:38rem;font-family:var(--document);box-shadow:0 4px 18px rgb(10 58 107/.12)}
.licence h2,.licence h3{margin:0 0 var(--s1);letter-spacing:.12em;color:var(--blue-deep);font-size:1.5em}
.licence .body{display:grid;gap:var(--s4)}
@media(min-width:40rem){.licence .body{grid-template-columns:1fr auto}}
.licence dl{margin:var(--s4) 0 0}
.licence dl div{display:grid;grid-template-columns:7.5em 1fr;gap:var(--s3);padding:var(--s1) 0;line-height:1.5}
.licence dt{color:var(--ink-soft)}
.licence dd{margin:0}
.licence .sample{position:absolute;inset:0;width:100%;height:100%;pointer-events:none;color:var(--blue);opacity:.13}
.licence .river{position:absolute;left:0;bottom:0;width:100%;height:5rem;opacity:.25;pointer-events:none}
.bars{display:grid;gap:.35rem;margin:0}
.bar{display:grid;grid-template-columns:3.4em 1fr 6.5em;gap:var(--s2);align-items:center;font-size:var(--small)}
.bar svg{width:100%;height:.85rem;display:block}
.old{color:#7b8794}.new{color:var(--blue)}
`;
