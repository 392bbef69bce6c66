package dev.latchkey.admin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CompactionTest {
  @Test
  void commentsAndSpacesGo() {
    assertThat(
            Compaction.of(
                """
                /** Tells.
                 * @param a what // and "where
                 */
                export const sum = (a, b) => {
                  // it's "easy"
                  return a + b; // `so`
                };
                /* last */"""))
        .isEqualTo("export const sum=(a,b)=>{return a+b;};");
  }

  @Test
  void wordsStayApart() {
    assertThat(
            Compaction.of(
                """
                async function f(of) {
                  for (const one of await of) {
                    delete one.x;
                  }
                  return "a" in of ? typeof of : new Of();
                }
                class A extends B {
                  static #x = 1;
                  get x() {
                    return #x in this;
                  }
                }
                """))
        .isEqualTo(
            "async function f(of){for(const one of await of){delete one.x;}"
                + "return\"a\"in of?typeof of:new Of();}"
                + "class A extends B{static #x=1;get x(){return #x in this;}}");
  }

  @Test
  void signsStayApart() {
    assertThat(Compaction.of("x = a - -b + +c - ++d + b-- ;")).isEqualTo("x=a- -b+ +c-++d+b--;");
  }

  @Test
  void textsTemplatesAndPatternsStay() {
    String texts =
        """
        a("x  // y" , 'it "is"  /* no */' , "\\"  ");
        b(`${c}  // ${d}  \\`  `);
        e(/[/"']  \\/ /u , f);
        g = /"  /;
        h = (i) => /`  /.test(i);
        return /'  /;
        """;
    assertThat(Compaction.of(texts))
        .isEqualTo(
            """
            a("x  // y",'it "is"  /* no */',"\\"  ");b(`${c}  // ${d}  \\`  `);\
            e(/[/"']  \\/ /u,f);g=/"  /;h=(i)=>/`  /.test(i);return/'  /;""");
  }

  @Test
  void divisionIsNoPattern() {
    assertThat(Compaction.of("a = b / c; // \"\nd = (e) / 2 / f;")).isEqualTo("a=b/c;d=(e)/2/f;");
  }

  @Test
  void linesOfATemplateStayLinesWithoutTheirIndent() {
    assertThat(Compaction.of("sheet(`\n  :host { a: b; }\n    c { }\n`) ;"))
        .isEqualTo("sheet(`\n:host { a: b; }\nc { }\n`);");
  }
}
