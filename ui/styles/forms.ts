/** Buttons, fields, inputs, error summary. */
export const forms = `
.button{display:inline-flex;align-items:center;justify-content:center;min-height:var(--target);padding:.35em 1.4em;font:inherit;font-weight:600;line-height:1.4;color:var(--paper);background:var(--blue);border:2px solid transparent;border-radius:var(--radius);text-decoration:none;cursor:pointer;text-align:center}
.button:hover{background:var(--blue-dark);color:var(--paper)}
.button.big{min-height:3.5rem;min-height:max(3.5rem,var(--target));padding:.5em 2em;font-size:1.1em}
.button.quiet{background:var(--paper);color:var(--blue);border-color:var(--blue)}
.button.quiet:hover{background:var(--blue-tint);color:var(--blue-dark)}
.button.warn{background:var(--red)}
.button.warn:hover{background:#8f1a20}
a.button:focus-visible{color:var(--focus-ink);background:var(--focus)}
.button[disabled]{background:var(--ink-soft);cursor:progress}
.linklike{background:none;border:0;padding:0 .1em;font:inherit;color:var(--blue);text-decoration:underline;text-underline-offset:.22em;cursor:pointer;min-height:var(--target)}
.linklike:hover{color:var(--blue-dark)}
.actions+p,.grid+p,form+p,.list+p,.timeline+p{margin-top:var(--s5)}details+.field{margin-top:var(--s6)}
.actions{display:flex;flex-wrap:wrap;gap:var(--s3) var(--s4);align-items:center;margin-top:var(--s6)}
.field{margin:0 0 var(--s6);border:0;min-width:0}
.field>label,.field>legend,.label{display:block;font-weight:600;margin-bottom:var(--s1);padding:0}
.field.ask>label,.field.ask>legend{font-size:clamp(1.5rem,1.2rem + 1.6vw,2rem);line-height:1.35;margin-bottom:var(--s3)}
.field h1{margin:0;font-size:inherit}
.hint{color:var(--ink-soft);margin:0 0 var(--s2);max-width:36em}
.optional{font-weight:400;color:var(--ink-soft)}
.source{display:flex;gap:.5em;align-items:baseline;color:var(--green);font-size:var(--small);margin:var(--s1) 0 0}
.source::before{content:"";width:.4em;height:.75em;border:solid;border-width:0 .15em .15em 0;transform:rotate(40deg);flex:none}
.bad{border-left:4px solid var(--red);padding-left:var(--s4)}
.error{color:var(--red);font-weight:600;margin:0 0 var(--s2)}
input,select,textarea{font:inherit;line-height:1.5;color:var(--ink);background:var(--paper);border:1px solid var(--border);border-radius:var(--radius);min-height:var(--target);padding:.35em .7em;width:100%;max-width:100%}
input:hover,select:hover,textarea:hover{border-color:var(--ink)}
textarea{min-height:8rem;display:block}
input[aria-invalid],select[aria-invalid],textarea[aria-invalid]{border:2px solid var(--red)}
input[readonly]{background:var(--mist)}
.w4{max-width:6em}.w11{max-width:13em}.w18{max-width:17em}.w30{max-width:30em}
input.number{font-variant-numeric:tabular-nums;letter-spacing:.03em}
.date{display:flex;flex-wrap:wrap;gap:var(--s4)}
.date label{display:block;font-size:var(--small)}
.date .y{width:6em}.date .m,.date .d{width:4.5em}
.unit{display:flex;align-items:stretch;max-width:14em}
.unit span{display:flex;align-items:center;padding:0 .8em;border:1px solid var(--border);background:var(--mist)}
.unit span:first-child{border-right:0;border-radius:var(--radius) 0 0 var(--radius)}
.unit input{border-radius:0 var(--radius) var(--radius) 0}
.choice{position:relative;display:flex;gap:var(--s3);align-items:flex-start;padding:var(--s1) 0}
.choice input{appearance:none;flex:none;width:var(--target);height:var(--target);min-height:0;padding:0;margin:0;border:2px solid var(--border);cursor:pointer;display:grid;place-content:center}
.choice input[type=radio]{border-radius:50%}
.choice input[type=radio]:checked::before{content:"";width:1.25em;height:1.25em;border-radius:50%;background:var(--blue)}
.choice input[type=checkbox]:checked::before{content:"";width:.6em;height:1.15em;border:solid var(--blue);border-width:0 .25em .25em 0;transform:translateY(-.12em) rotate(42deg)}
.choice input:checked{border-color:var(--blue)}
.choice label{cursor:pointer;padding:calc((var(--target) - 1.67em)/2) 0;flex:1}
.choice .hint{margin:0;font-size:var(--small)}
.choices.inline{display:flex;flex-wrap:wrap;gap:0 var(--s6)}
.people{border:1px solid var(--line);border-radius:var(--radius);padding:var(--s4) var(--s5);margin:0 0 var(--s4)}
.people>legend{padding:0 var(--s2);font-weight:600}
.people .field{margin-bottom:var(--s4)}
input[type=file]{padding:.5em;border-style:dashed;background:var(--mist)}
progress{width:100%;height:.75rem;accent-color:var(--blue)}
.problem{border:3px solid var(--red);border-radius:var(--radius);padding:var(--s4) var(--s5);margin:0 0 var(--s6);max-width:var(--measure)}
.problem h2{margin:0 0 var(--s2);font-size:var(--h3)}
.problem ul{list-style:none;padding:0;margin:0}
.problem a{color:var(--red);font-weight:600;display:inline-block;padding:.35em 0}
.problem a:focus-visible{color:var(--focus-ink)}
.steps{color:var(--ink-soft);margin:0 0 var(--s2)}
.filters{background:var(--mist);border-radius:var(--radius);padding:var(--s4) var(--s5)}
.filters .field{margin-bottom:var(--s4)}
`;
