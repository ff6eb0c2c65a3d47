const SHELL = {{ shell|safe }};
importScripts("{% static 'worker/shell.js' %}", "{% static 'worker/push.js' %}", "{% static 'worker/share.js' %}");
