var api = window.parent.API;
