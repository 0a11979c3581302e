/* The packed rule files, read-only and mapped with the program. */
    .section .rodata
    .balign 64
    .globl demarc_rules_begin
demarc_rules_begin:
    .incbin DEMARC_RULES_PACK
    .globl demarc_rules_end
demarc_rules_end:
    .byte 0
    .section .note.GNU-stack,"",%progbits
