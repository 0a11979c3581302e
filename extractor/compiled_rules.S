/* The compiled built-in rules, read-only and mapped with the program. */
    .section .rodata
    .balign 64
    .globl demarc_compiled_rules_begin
demarc_compiled_rules_begin:
    .incbin DEMARC_COMPILED_RULES
    .globl demarc_compiled_rules_end
demarc_compiled_rules_end:
    .byte 0
    .section .note.GNU-stack,"",%progbits
