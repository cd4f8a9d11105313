/*
 * An imitation of an LMS's API, in either version of SCORM, that notes what it is told. What it does in its own way is a
 * list of oddities, each {method, element, answer, error}, of which the first that fits a call is what happens instead.
 * An answer of "throws" is an exception, "nothing" is no value; with a "+" before it, what was asked is done, too.
 */
(function () {
  "use strict";

  const VERSIONS = {
    "1.2": {
      name: "API",
      methods: { LMSInitialize: "begin", LMSFinish: "end", LMSGetValue: "get", LMSSetValue: "set", LMSCommit: "commit", LMSGetLastError: "error" },
      begins: { "cmi.core.lesson_status": "not attempted", "cmi.core.student_id": "anna", "cmi.core.student_name": "Meier, Anna" },
      unset: "0",
      fails: "401",
      status: /^cmi\.core\.lesson_status$/,
      words: /^(passed|completed|failed|incomplete|browsed)$/,
    },
    2004: {
      name: "API_1484_11",
      methods: { Initialize: "begin", Terminate: "end", GetValue: "get", SetValue: "set", Commit: "commit", GetLastError: "error" },
      begins: { "cmi.completion_status": "unknown", "cmi.success_status": "unknown", "cmi.learner_id": "anna", "cmi.learner_name": "Meier, Anna" },
      unset: "403",
      fails: "406",
      status: /^cmi\.(completion|success)_status$/,
      words: /^(passed|completed|failed|incomplete|not attempted|unknown)$/,
    },
  };

  class Lms {
    constructor(version, values, note) {
      this.kind = VERSIONS[version];
      this.values = { ...this.kind.begins, ...values };
      this.note = note;
      this.odd = [];
      this.error = "0";
      this.api = Object.fromEntries(Object.entries(this.kind.methods).map(([method, act]) => [method, (...given) => this.call(act, given)]));
    }
    // Takes a method away.
    lack(method) {
      for (const [name, act] of Object.entries(this.kind.methods)) if (act === method) delete this.api[name];
    }
    call(act, given) {
      if (act === "error") return this.error;
      const found = this.odd.find(({ method, element }) => method === act && (!element || given[0] === element));
      this.error = found ? found.error || "0" : "0";
      const done = !found || found.answer.startsWith("+") ? String(this[act](...given)) : "";
      const answer = found ? found.answer.replace("+", "") : done;
      const heard = [act, ...given.filter((part, at) => at || part !== "")].join(" ").replace(/^(set \S+) /, "$1 = ");
      if (act !== "get") this.note(answer === "true" ? heard : `${heard} -> ${answer}${found && found.error ? ` ${found.error}` : ""}`);
      if (answer === "throws") throw new Error("down");
      return answer === "nothing" ? undefined : answer;
    }
    begin() {
      return true;
    }
    end() {
      return true;
    }
    commit() {
      return true;
    }
    get(name) {
      if (!(name in this.values) && name.endsWith("._count")) return "0";
      if (!(name in this.values)) this.error = this.kind.unset;
      return this.values[name] ?? "";
    }
    set(name, value) {
      if (this.kind.status.test(name) && !this.kind.words.test(value)) {
        this.error = this.kind.fails;
        return false;
      }
      this.values[name] = value;
      const [, list, index] = /^(cmi\.(?:interactions|objectives))\.(\d+)\./.exec(name) || [];
      if (list) this.values[`${list}._count`] = String(Math.max(Number(this.values[`${list}._count`] || 0), Number(index) + 1));
      return true;
    }
  }

  window.Lms = Lms;
})();
